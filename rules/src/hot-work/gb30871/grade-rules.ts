import { shanghaiDayStartMs } from "../../civil-day.ts";
import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { hoursMs } from "../example-facts.ts";
import type { HotWorkFacts } from "../facts.ts";
import { coversGrade, type GradeReason, gradeOfHotWork } from "../grade.ts";
import { type HotWorkRule, step } from "../hot-work-rule.ts";
import { approverLevel, confinedSpaceTicketHours, mayApprove, ticketHours } from "../limits.ts";
import { aroundTime } from "../rule-kinds/limit-examples.ts";
import {
  chemicalExample,
  chemicalRule,
  gradedAtMs,
  gradeInForce,
  gradeWords,
  inExplosiveArea,
  onRunningPlant,
} from "./chemical-rule.ts";

const beforeClose = ["issue", "start", "during"] as const;
const atIssue = chemicalExample("issue");
const atStart = chemicalExample("start");
const during = chemicalExample("during");

const upgradeWords: Readonly<Record<GradeReason, { zh: string; en: string }>> = {
  holiday: { zh: "节假日", en: "a holiday" },
  "rest-day": { zh: "公休日", en: "a rest day" },
  "special-period": { zh: "特殊时段", en: "a special period" },
  night: { zh: "夜间", en: "night" },
};
const approverWords = {
  unit: { zh: "所在基层单位", en: "the unit itself" },
  "safety-department": { zh: "安全管理部门", en: "the safety department" },
  "senior-manager": { zh: "主管领导", en: "a senior manager" },
} as const;

const mondayMs = shanghaiDayStartMs("2026-11-23");
const at = (hours: number) => ({ atMs: mondayMs + hoursMs(hours) });

const gradeHighEnough = chemicalRule({
  id: "grade-high-enough",
  rank: 20,
  moments: beforeClose,
  title: {
    zh: "作业票为{declaredZh}，此处此时应为{requiredZh}{becauseZh}",
    en: "The permit is of {declaredEn}; this place and hour ask for {requiredEn}{becauseEn}",
  },
  clause: gb30871("5.1.1"),
  fix: {
    zh: "请按{requiredZh}重新办理动火作业票，或改到白天工作日作业",
    en: "Get a permit of {requiredEn}, or work by day on a working day",
  },
  check: (facts, policy, atMs) => {
    const required = gradeOfHotWork(facts.place, gradedAtMs(facts, atMs), policy);
    const declared = facts.permit?.gradeDeclared ?? null;
    if (required.grade === null) return pass();
    if (declared === null)
      return need(step("declare-grade", "填写动火级别", "Declare the grade of the hot work"));
    if (coversGrade(declared, required.grade)) return pass();
    return fail(
      {
        declared,
        required: required.grade,
        declaredZh: gradeWords[declared].zh,
        declaredEn: gradeWords[declared].en,
        ...requiredWords(required.grade, required.upgradedFor),
      },
      required.clause,
    );
  },
  examples: [
    atStart("grade 2 at a place without danger of explosion", "pass"),
    atStart("grade 1 declared where grade 2 would do", "pass", (facts) => grade(facts, "grade-1")),
    atStart("no grade declared", "need", (facts) => grade(facts, null)),
    atStart("grade 2 in an explosive area", "fail", (facts) => {
      facts.place.isExplosiveArea = true;
    }),
    atStart("grade 1 in an explosive area", "pass", inExplosiveArea),
    atStart("grade 2 on a pipe rack", "fail", (facts) => {
      facts.place.isPipeRack = true;
    }),
    atStart("grade 1 on running plant", "fail", (facts) => {
      onRunningPlant(facts);
      grade(facts, "grade-1");
    }),
    atStart("special on running plant", "pass", onRunningPlant),
    atStart("nobody knows whether the plant runs", "fail", (facts) => {
      facts.place.isRunningPlantOrTankFarm = null;
      grade(facts, "grade-1");
    }),
    atStart("a designated area knows no grades", "pass", (facts) => {
      facts.place.isFixedHotWorkArea = true;
      grade(facts, null);
    }),
    during("grade 2 just before night", "pass", () => {}, { atMs: mondayMs + hoursMs(20) - 1 }),
    during("grade 2 as night begins", "fail", () => {}, at(20)),
    during("grade 2 in the last minute of night", "fail", () => {}, { atMs: mondayMs + hoursMs(6) - 1 }),
    during("grade 2 as night ends", "pass", () => {}, at(6)),
    during(
      "grade 1 at night where grade 2 would do by day",
      "pass",
      (facts) => grade(facts, "grade-1"),
      at(22),
    ),
    during("special at night: none is above it", "pass", onRunningPlant, at(22)),
    atStart("grade 2 on a Saturday", "fail", () => {}, at(-2 * 24 + 9)),
    atStart("grade 2 on a Saturday that is worked", "pass", () => {}, {
      ...at(-2 * 24 + 9),
      policy: { workingWeekendDays: ["2026-11-21"] },
    }),
    atStart("grade 2 on a holiday", "fail", () => {}, { policy: { holidayDays: ["2026-11-23"] } }),
    atStart("grade 2 in a special period", "fail", () => {}, {
      policy: { specialPeriodDays: ["2026-11-23"] },
    }),
    atIssue("a permit for the night, applied for by day", "fail", (facts) => {
      facts.permit!.validFromMs = mondayMs + hoursMs(21);
      facts.permit!.validToMs = mondayMs + hoursMs(23);
    }),
  ],
});

const gradedCases = [
  ["grade 2", 72, () => {}],
  ["grade 1", 8, inExplosiveArea],
  ["special", 8, onRunningPlant],
] as const;

const ticketShortEnough = chemicalRule({
  id: "ticket-hours",
  rank: 21,
  moments: beforeClose,
  title: {
    zh: "作业票有效期 {hours} 小时，{gradeZh}动火最长 {limitHours} 小时",
    en: "The permit runs {hours} h; {gradeEn} hot work has at most {limitHours} h",
  },
  clause: gb30871("5.1.5"),
  fix: {
    zh: "请把有效期改为不超过 {limitHours} 小时，到期后重新办理",
    en: "Let it run at most {limitHours} h and renew it afterwards",
  },
  appliesTo: (facts) => facts.permit !== null && facts.place.isFixedHotWorkArea !== true,
  check: (facts, policy, atMs) => {
    const grade = gradeInForce(facts, policy, atMs);
    return hoursWithin(facts, ticketHours(grade, facts.regime, policy).hours, {
      gradeZh: gradeWords[grade ?? "special"].zh,
      gradeEn: gradeWords[grade ?? "special"].en,
    });
  },
  examples: gradedCases.flatMap(([name, hours, change]) =>
    aroundTime(atIssue, { value: hours, unit: "h", name }, ["pass", "pass", "fail"], (facts, ms) =>
      lasting(ms, change)(facts),
    ),
  ),
});

const confinedTicketShortEnough = chemicalRule({
  id: "confined-space-ticket-hours",
  rank: 22,
  moments: beforeClose,
  title: {
    zh: "受限空间作业票有效期 {hours} 小时，最长 {limitHours} 小时",
    en: "The permit for a confined space runs {hours} h; at most {limitHours} h",
  },
  clause: gb30871("6.10"),
  fix: {
    zh: "请把有效期改为不超过 {limitHours} 小时",
    en: "Let it run at most {limitHours} h",
  },
  appliesTo: (facts) => facts.permit !== null && facts.place.isConfinedSpace === true,
  check: (facts) => hoursWithin(facts, confinedSpaceTicketHours),
  examples: [
    ...aroundTime(atIssue, { value: 24, unit: "h" }, ["pass", "pass", "fail"], (facts, ms) => {
      lasting(ms)(facts);
      facts.place.isConfinedSpace = true;
    }),
    atIssue("not confined, for 48 h", "skip", lasting(hoursMs(48))),
  ],
});

const approverHighEnough = chemicalRule({
  id: "approver-level",
  rank: 23,
  moments: beforeClose,
  title: {
    zh: "{gradeZh}动火应由{roleZh}审批",
    en: "{gradeEn} hot work is approved by {roleEn}",
  },
  clause: gb30871("B.1"),
  fix: { zh: "请交{roleZh}审批", en: "Have it approved by {roleEn}" },
  appliesTo: (facts) => facts.place.isFixedHotWorkArea !== true,
  check: (facts, policy, atMs) => {
    const grade = gradeInForce(facts, policy, atMs);
    const lowest = approverLevel(grade, facts.regime).role;
    const data = {
      gradeZh: gradeWords[grade ?? "special"].zh,
      gradeEn: gradeWords[grade ?? "special"].en,
      roleZh: approverWords[lowest].zh,
      roleEn: approverWords[lowest].en,
    };
    const role = facts.permit?.approverRole ?? null;
    if (role === null) return need(step("name-approver", "确定审批人", "Name who approves"));
    return mayApprove(role, lowest) ? pass() : fail(data);
  },
  examples: [
    atIssue("grade 2 by the unit", "pass"),
    atIssue("grade 2 by the safety department", "pass", approvedBy("safety-department")),
    atIssue("grade 1 by the unit", "fail", approvedBy("unit", inExplosiveArea)),
    atIssue("grade 1 by the safety department", "pass", inExplosiveArea),
    atIssue("grade 1 by a senior manager", "pass", approvedBy("senior-manager", inExplosiveArea)),
    atIssue("special by the safety department", "fail", approvedBy("safety-department", onRunningPlant)),
    atIssue("special by a senior manager", "pass", onRunningPlant),
    atIssue("nobody named", "need", approvedBy(null)),
  ],
});

function requiredWords(required: keyof typeof gradeWords, upgradedFor: readonly GradeReason[]) {
  const because = upgradedFor.map((reason) => upgradeWords[reason]);
  return {
    requiredZh: gradeWords[required].zh,
    requiredEn: gradeWords[required].en,
    becauseZh: because.length > 0 ? `（${because.map(({ zh }) => zh).join("、")}升级）` : "",
    becauseEn: because.length > 0 ? ` (up for ${because.map(({ en }) => en).join(", ")})` : "",
  };
}

function hoursWithin(facts: HotWorkFacts, limitHours: number, data: Record<string, string> = {}) {
  const { validFromMs, validToMs } = facts.permit!;
  const lastsMs = validToMs - validFromMs;
  if (lastsMs > 0 && lastsMs <= hoursMs(limitHours)) return pass();
  return fail({ ...data, hours: Math.ceil(lastsMs / 36_000) / 100, limitHours });
}

function grade(facts: HotWorkFacts, declared: keyof typeof gradeWords | null): void {
  facts.permit!.gradeDeclared = declared;
}

function lasting(ms: number, change: (facts: HotWorkFacts) => void = () => {}) {
  return (facts: HotWorkFacts) => {
    change(facts);
    facts.permit!.validToMs = facts.permit!.validFromMs + ms;
  };
}

function approvedBy(
  role: keyof typeof approverWords | null,
  change: (facts: HotWorkFacts) => void = () => {},
) {
  return (facts: HotWorkFacts) => {
    change(facts);
    facts.permit!.approverRole = role;
  };
}

export const gradeRules: readonly HotWorkRule[] = [
  gradeHighEnough,
  ticketShortEnough,
  confinedTicketShortEnough,
  approverHighEnough,
];
