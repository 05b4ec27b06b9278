import type { HotWorkFacts, HotWorkGrade, HotWorkMoment } from "../facts.ts";
import { coversGrade, gradeOfHotWork } from "../grade.ts";
import { examplesOf, type HotWorkRule, rulesOf } from "../hot-work-rule.ts";
import type { HotWorkPolicy } from "../policy.ts";

export const gb30871PackId = "gb-30871";

export const gb30871Rule = rulesOf(gb30871PackId, "2022-10-01");

/** A rule of GB 30871: in a chemical firm only, since 2022-10-01. */
export function chemicalRule(parts: Omit<Parameters<typeof gb30871Rule>[0], "regimes">): HotWorkRule {
  return gb30871Rule({ regimes: ["chemical"], ...parts });
}

export const chemicalExample = (moment: HotWorkMoment) => examplesOf("chemical", moment);

/** Where the instant of the grade lies: the work's planned beginning at issue, else now. */
export function gradedAtMs(facts: HotWorkFacts, atMs: number): number {
  return facts.moment === "issue" ? (facts.permit?.validFromMs ?? atMs) : atMs;
}

/** The grade whose demands hold: the higher of what is declared and what the place and the hour ask for. */
export function gradeInForce(facts: HotWorkFacts, policy: HotWorkPolicy, atMs: number): HotWorkGrade | null {
  const { grade } = gradeOfHotWork(facts.place, gradedAtMs(facts, atMs), policy);
  const declared = facts.permit?.gradeDeclared ?? null;
  if (grade === null || declared === null) return grade;
  return coversGrade(declared, grade) ? declared : grade;
}

export const gradeWords = {
  special: { zh: "特级", en: "special" },
  "grade-1": { zh: "一级", en: "grade 1" },
  "grade-2": { zh: "二级", en: "grade 2" },
} as const satisfies Record<HotWorkGrade, { zh: string; en: string }>;

/** Plant that runs, in an explosive area: special grade with its permit in order. */
export function onRunningPlant(facts: HotWorkFacts): void {
  facts.place.isExplosiveArea = true;
  facts.place.isRunningPlantOrTankFarm = true;
  if (facts.permit) {
    facts.permit.gradeDeclared = "special";
    facts.permit.approverRole = "senior-manager";
  }
}

/** An explosive area that is shut down: grade 1 with its permit in order. */
export function inExplosiveArea(facts: HotWorkFacts): void {
  facts.place.isExplosiveArea = true;
  if (facts.permit) {
    facts.permit.gradeDeclared = "grade-1";
    facts.permit.approverRole = "safety-department";
  }
}
