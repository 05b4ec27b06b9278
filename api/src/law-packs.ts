import { hotWorkGrades, hotWorkMoments, hotWorkRegimes } from "@hanyouxu/rules";
import { z } from "zod";
import { clause, outcome, reason, text } from "./decisions.ts";
import { hotWorkFacts } from "./hot-work-facts.ts";
import { bilingual } from "./language.ts";
import { civilDay } from "./law.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** A rule of a law pack in one wording. */
export const lawRule = z
  .object({
    pack: z.string(),
    ruleId: z.string(),
    version: z.int(),
    rank: z.int(),
    title: text,
    fix: text,
    clause,
    effectiveFrom: civilDay,
    effectiveTo: civilDay.nullable(),
    /** For rules on hot work: where and when they speak; null for the rest. */
    regimes: z.array(z.enum(hotWorkRegimes)).nullable(),
    moments: z.array(z.enum(hotWorkMoments)).nullable(),
    exampleCount: z.int(),
  })
  .meta({ id: "LawRule" });
export type LawRule = z.infer<typeof lawRule>;

const expected = z.enum(["pass", "fail", "need", "skip"]);

export const lawRuleDetail = lawRule
  .extend({
    examples: z.array(
      z.object({
        name: z.string(),
        /** What this one rule says of the case. */
        expected,
        at: z.iso.datetime(),
        /** What every rule together says of it. */
        outcome,
        facts: z.record(z.string(), z.unknown()),
        /** The rule's own words about the case; null where it has none to say. */
        says: text.nullable(),
        /** For hot work: what sets the case apart from one that is in order, by path; null for other packs. */
        differences: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  })
  .meta({ id: "LawRuleDetail" });
export type LawRuleDetail = z.infer<typeof lawRuleDetail>;

/** What differs between the laws of two days; `before` is the rule of the earlier wording. */
export const lawChanges = z
  .object({
    from: civilDay,
    to: civilDay,
    added: z.array(lawRule),
    removed: z.array(lawRule),
    changed: z.array(z.object({ before: lawRule, after: lawRule })),
    unchangedCount: z.int(),
  })
  .meta({ id: "LawChanges" });
export type LawChanges = z.infer<typeof lawChanges>;

const grade = z.enum(hotWorkGrades).nullable();

/** What the law of an instant says of some hot work. */
export const hotWorkAnswer = z
  .object({
    outcome,
    reasons: z.array(reason),
    packsDigest: z.string(),
    /** The policy of the region that counted. */
    policyVersion: z.string(),
    /** GB 30871 in a chemical firm; null elsewhere. */
    requiredGrade: z
      .object({ grade, placeGrade: grade, upgradedFor: z.array(z.string()), clause })
      .nullable(),
    smoulderWatch: z.object({
      minutes: z.number(),
      checksMinutes: z.number(),
      checkEveryMinutes: z.number().nullable(),
      clause,
    }),
  })
  .meta({ id: "HotWorkAnswer" });
export type HotWorkAnswer = z.infer<typeof hotWorkAnswer>;

/** A stored decision, decided again from its facts under the rules of its day. */
export const decisionReplay = z
  .object({
    /** Of a decision on a start, or of the permit whose approval was decided. */
    decisionId: z.uuid(),
    about: z.enum(["start", "hot-work"]),
    decidedAt: z.iso.datetime(),
    /** Decided again, the same to the letter. */
    isSame: z.boolean(),
    /** The rules and the policy of that day are still here as they were. */
    isSameLaw: z.boolean(),
    stored: z.object({ outcome, reasons: z.array(reason), packsDigest: z.string() }),
    again: z.object({ outcome, reasons: z.array(reason), packsDigest: z.string() }),
  })
  .meta({ id: "DecisionReplay" });
export type DecisionReplay = z.infer<typeof decisionReplay>;

const packAndRule = z.object({ pack: z.string().max(60), ruleId: z.string().max(60) });

export const lawPackRoutes = {
  listLawRules: defineRoute({
    method: "GET",
    path: "/api/law/rules",
    tag: "law",
    summary: "Every rule of every pack in force on a day (today when none is given), most decisive first",
    query: z.object({ day: civilDay.optional() }),
    answers: {
      200: z.object({
        day: civilDay,
        packs: z.array(z.object({ id: z.string(), title: text })),
        rules: z.array(lawRule),
      }),
    },
    refusals: [401, 403],
  }),
  getLawRule: defineRoute({
    method: "GET",
    path: "/api/law/rules/:pack/:ruleId",
    tag: "law",
    summary: "One rule with its examples, each decided",
    params: packAndRule,
    query: z.object({ day: civilDay.optional() }),
    answers: { 200: lawRuleDetail },
    refusals: [401, 403, 404],
  }),
  compareLaw: defineRoute({
    method: "GET",
    path: "/api/law/changes",
    tag: "law",
    summary: "What differs between the rules in force on two days",
    query: z.object({ from: civilDay, to: civilDay }),
    answers: { 200: lawChanges },
    refusals: [401, 403],
  }),
  hotWorkExample: defineRoute({
    method: "GET",
    path: "/api/law/hot-work/example",
    tag: "law",
    summary: "Made-up hot work in which everything is in order, to try changes on",
    query: z.object({
      regime: z.enum(hotWorkRegimes),
      moment: z.enum(hotWorkMoments),
      at: z.iso.datetime().optional(),
    }),
    answers: { 200: z.object({ at: z.iso.datetime(), facts: z.record(z.string(), z.unknown()) }) },
    refusals: [401, 403],
  }),
  tryHotWork: defineRoute({
    method: "POST",
    path: "/api/law/hot-work/try",
    tag: "law",
    summary: "What the law of an instant says of some hot work; nothing is stored",
    body: z.object({
      at: z.iso.datetime({
        error: bilingual("时间应为 ISO 8601（UTC）", "Write the instant as ISO 8601 in UTC"),
      }),
      /** Whose policy counts; absent: the defaults. */
      region: regionCode.optional(),
      facts: hotWorkFacts,
    }),
    answers: { 200: hotWorkAnswer },
    refusals: [401, 403],
  }),
  replayDecision: defineRoute({
    method: "GET",
    path: "/api/law/replays/:decisionId",
    tag: "law",
    summary: "A stored decision, decided again under the law of its day",
    params: z.object({ decisionId: z.uuid() }),
    answers: { 200: decisionReplay },
    refusals: [401, 403, 404],
  }),
};
