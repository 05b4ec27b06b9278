import { z } from "zod";
import { outcome, reason, text } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { policyValues } from "./region-policies.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** The longest time a question may cover. */
export const MOST_WHAT_IF_DAYS = 31;

const outcomes = z.object({ grant: z.int(), refuse: z.int(), require: z.int() });

/** What a changed rule or number would have made of the starts of a past time. Nothing is stored or changed. */
export const whatIfAnswer = z
  .object({
    region: regionCode,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** All starts of the time within the asker's reach. */
    total: z.int(),
    /** How many of them were decided again: all, or those of every n-th welder. */
    looked: z.int(),
    everyNthWelder: z.int(),
    /** Decided again without any change, so many come out otherwise than they did: the rules' code has changed since. */
    drifted: z.int(),
    before: outcomes,
    after: outcomes,
    changes: z.array(z.object({ before: outcome, after: outcome, count: z.int() })),
    /** How often each rule was a reason, before and after; the most changed first. */
    rules: z.array(
      z.object({ pack: z.string(), ruleId: z.string(), title: text, before: z.int(), after: z.int() }),
    ),
    /** How often refused starts raise an alarm, or raise it again after quiet, if nobody closes any. */
    alarms: z.array(z.object({ kind: z.string(), title: text, before: z.int(), after: z.int() })),
    /** Some of those that come out otherwise, the newest first. */
    examples: z.array(
      z.object({
        decisionId: z.uuid(),
        decidedAt: z.iso.datetime(),
        machineId: z.uuid(),
        machineName: z.string(),
        before: outcome,
        after: outcome,
        reasons: z.array(reason),
      }),
    ),
  })
  .meta({ id: "WhatIfAnswer" });
export type WhatIfAnswer = z.infer<typeof whatIfAnswer>;

const instant = z.iso.datetime({
  error: bilingual(
    "请写 ISO 8601 时刻，例如 2026-11-01T00:00:00Z",
    "Write an ISO 8601 instant such as 2026-11-01T00:00:00Z",
  ),
});

/** The question, as a page or a program sends it. */
export type WhatIfQuestion = z.input<typeof whatIfRoutes.askWhatIf.body>;

export const whatIfRoutes = {
  askWhatIf: defineRoute({
    method: "POST",
    path: "/api/what-if",
    tag: "law",
    summary:
      "Decides the starts of a past time again under changed numbers or without some rules; nothing is stored",
    body: z
      .object({
        region: regionCode,
        from: instant,
        to: instant,
        /** Numbers of a start and of alarms that are to be different; all others stay as they were. */
        start: policyValues.default({}),
        alarm: policyValues.default({}),
        /** Rules of a start that are left out, as `pack/id`. */
        without: z.array(z.string().max(120)).max(50).default([]),
      })
      .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
        path: ["to"],
        error: bilingual("结束时间要晚于开始时间", "The end must be after the beginning"),
      })
      .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MOST_WHAT_IF_DAYS * 86_400_000, {
        path: ["from"],
        error: bilingual(`最长 ${MOST_WHAT_IF_DAYS} 天`, `At most ${MOST_WHAT_IF_DAYS} days`),
      }),
    answers: { 200: whatIfAnswer },
    refusals: [401, 403],
  }),
};
