import type { HotWorkAnswer, Reason } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { decide, gradeOfHotWork, type HotWorkFacts, hotWorkPacks, smoulderWatchOf } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { hotWorkPolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";

/** What the law of an instant, with the policy that the region had then, says of some hot work. Nothing is stored. */
export async function tryHotWork(
  ctx: Pick<AppContext, "db">,
  facts: HotWorkFacts,
  atMs: number,
  region: RegionCode | undefined,
): Promise<HotWorkAnswer> {
  const policy = hotWorkPolicyFrom(region === undefined ? null : await storedPolicyOf(ctx.db, region, atMs));
  const { outcome, reasons, packsDigest } = decide(hotWorkPacks, facts, policy, atMs, sha256);
  return {
    outcome,
    reasons: reasons as Reason[],
    packsDigest,
    policyVersion: policy.version,
    requiredGrade: facts.regime === "chemical" ? requiredGradeOf(facts, atMs, policy) : null,
    smoulderWatch: smoulderWatchOf(facts.regime, facts.materials, policy),
  };
}

/** At issue the grade is that of the hour at which the work is planned to begin. */
function requiredGradeOf(facts: HotWorkFacts, atMs: number, policy: Parameters<typeof gradeOfHotWork>[2]) {
  const gradedAtMs = facts.moment === "issue" ? (facts.permit?.validFromMs ?? atMs) : atMs;
  const { upgradedFor, ...required } = gradeOfHotWork(facts.place, gradedAtMs, policy);
  return { ...required, upgradedFor: [...upgradedFor] };
}
