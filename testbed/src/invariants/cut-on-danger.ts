import type { Invariant } from "./invariant.ts";

/** The platform's default policy and the chips' default: 20 % of the lower explosive limit. */
const GAS_CUT_LEL_PERMILLE = 200;

/** 4. After gas or tamper the relay is open within one step: whatever the chip has sensed, it has acted on. */
export const cutOnDanger: Invariant = {
  name: "power cut on gas and tamper",

  checkStep({ machines, nowMs }) {
    const problems: string[] = [];
    for (const { machineId, isPowered, isLoopCut, gasLelPermille } of machines) {
      if (!isPowered) continue;
      if (isLoopCut) problems.push(`${machineId} has power at ${nowMs} with its loop cut`);
      if (gasLelPermille !== null && gasLelPermille >= GAS_CUT_LEL_PERMILLE) {
        problems.push(`${machineId} has power at ${nowMs} in gas of ${gasLelPermille} ‰ LEL`);
      }
    }
    return problems;
  },
};
