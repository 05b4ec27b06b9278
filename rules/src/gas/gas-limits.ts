import { MAX_GAS_CUT_LEL_PERMILLE, MAX_GAS_WARNING_LEL_PERMILLE } from "@hanyouxu/protocol";
import type { StartPolicy } from "../start/policy.ts";

/**
 * A region's limits of combustible gas as they go onto the wire, per mille of the lower explosive limit; where a region
 * asks for more than GB/T 50493-2019 §5.5.2 permits, the standard's hold.
 */
export function gasLimitsOf(policy: Pick<StartPolicy, "gasWarnPercentLel" | "gasCutPercentLel">): {
  gasWarningLelPermille: number;
  gasCutLelPermille: number;
} {
  return {
    gasWarningLelPermille: Math.min(Math.round(policy.gasWarnPercentLel * 10), MAX_GAS_WARNING_LEL_PERMILLE),
    gasCutLelPermille: Math.min(Math.round(policy.gasCutPercentLel * 10), MAX_GAS_CUT_LEL_PERMILLE),
  };
}
