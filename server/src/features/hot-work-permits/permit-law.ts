import {
  type Decision,
  decide,
  gradeOfHotWork,
  type HotWorkFacts,
  type HotWorkGrade,
  type HotWorkPolicy,
  hotWorkPacks,
} from "@hanyouxu/rules";
import { sha256 } from "../../crypto/sha256.ts";
import type { StoredPermitDecision } from "../../db/tables/hot-work-permits.ts";

/** What the law packs say about hot work at an instant under a region's numbers, with all it was decided on. */
export function decideHotWork(
  facts: HotWorkFacts,
  atMs: number,
  policy: HotWorkPolicy,
): StoredPermitDecision & { decision: Decision } {
  return { decision: decide(hotWorkPacks, facts, policy, atMs, sha256), facts, policy };
}

/** The grade that the law asks for; null where the regime knows no grades. */
export function gradeAsked(facts: HotWorkFacts, atMs: number, policy: HotWorkPolicy): HotWorkGrade | null {
  if (facts.regime !== "chemical") return null;
  return gradeOfHotWork(facts.place, Math.max(atMs, facts.permit?.validFromMs ?? atMs), policy).grade;
}
