import type { FirmRisk } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import {
  type RiskPart,
  type RiskScore,
  riskFactors,
  riskFactorTitles,
  riskScore,
  riskWeights,
} from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { inBackground } from "../../db/background.ts";
import { type FirmFigures, selectFirmFigures } from "./risk-queries.ts";

export type JudgedFirm = Omit<FirmFigures, "figures"> & RiskScore;

/** All firms of a region, the riskiest first. */
export async function judgedFirms(
  ctx: Pick<AppContext, "db" | "clock">,
  region: RegionCode,
): Promise<JudgedFirm[]> {
  const firms = await inBackground(() => selectFirmFigures(ctx.db, region, ctx.clock.nowMs()));
  return firms
    .map(({ figures, ...firm }) => ({ ...firm, ...riskScore(figures) }))
    .sort((one, other) => other.score - one.score || (one.enterprise_id < other.enterprise_id ? -1 : 1));
}

/** One firm as it is shown. */
export function firmRiskOf({
  enterprise_id,
  name,
  region_code,
  region_name,
  score,
  parts,
}: JudgedFirm): FirmRisk {
  return {
    enterpriseId: enterprise_id as EnterpriseId,
    name,
    region: region_code,
    regionName: region_name,
    score,
    parts: shownParts(parts),
  };
}

/** With titles and units, for a reader. */
export function shownParts(parts: readonly RiskPart[]): FirmRisk["parts"] {
  return parts.map((part) => ({ ...part, ...riskFactorTitles[part.factor] }));
}

/** The weights in force, for a reader. */
export function shownWeights() {
  const { version, weights } = riskWeights;
  const factors = riskFactors.map((factor) => ({ factor, ...riskFactorTitles[factor], ...weights[factor] }));
  return { version, factors };
}
