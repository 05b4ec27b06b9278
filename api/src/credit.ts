import { creditCauses, creditHolders, FULL_CREDIT } from "@hanyouxu/rules";
import { z } from "zod";
import { text } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const creditHolder = z.enum(creditHolders);
export const creditCause = z.enum(creditCauses as [(typeof creditCauses)[number]]);
/** Why a booking holds no longer. */
export const creditEnding = z.enum(["false-alarm", "appeal", "time", "cancelled"]);

export const creditRule = z.object({
  cause: creditCause,
  holder: creditHolder,
  points: z
    .int()
    .min(1, { error: bilingual("分值为 1–100", "Points are 1 to 100") })
    .max(FULL_CREDIT, { error: bilingual("分值为 1–100", "Points are 1 to 100") }),
});

const ruleSet = {
  rules: z.array(creditRule).max(100),
  /** Points taken come back after so many days. */
  returnsAfterDays: z
    .int()
    .min(1, { error: bilingual("恢复天数为 1–3650", "Days to come back are 1 to 3650") })
    .max(3_650, { error: bilingual("恢复天数为 1–3650", "Days to come back are 1 to 3650") }),
};

/** Published rules as they hold from an instant on; never changed, a later version replaces them. */
export const creditRuleVersion = z
  .object({
    /** 330723-2; default-1: the platform's proposal. */
    version: z.string(),
    region: regionCode.nullable(),
    regionName: z.string().nullable(),
    effectiveFrom: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    rules: z.array(creditRule.extend({ title: text })),
    returnsAfterDays: z.int(),
    isInForce: z.boolean(),
  })
  .meta({ id: "CreditRuleVersion" });
export type CreditRuleVersion = z.infer<typeof creditRuleVersion>;

export const creditBooking = z
  .object({
    creditBookingId: z.uuid(),
    cause: creditCause,
    title: text,
    /** The alarm, the decision or the order that it is for; null: training. */
    causeId: z.uuid().nullable(),
    points: z.int(),
    ruleVersion: z.string(),
    note: z.string().nullable(),
    bookedAt: z.iso.datetime(),
    /** When the points come back by themselves; null: they were given. */
    returnsAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    endedWhy: creditEnding.nullable(),
    /** Until then it may be appealed; null: it may not. */
    appealBy: z.iso.datetime().nullable(),
    appeal: z.object({ appealId: z.uuid(), status: z.enum(["open", "allowed", "refused"]) }).nullable(),
  })
  .meta({ id: "CreditBooking" });
export type CreditBooking = z.infer<typeof creditBooking>;

export const creditAccount = z
  .object({
    holder: creditHolder,
    /** The welder's or the firm's. */
    holderId: z.uuid(),
    /** A welder's is masked. */
    name: z.string(),
    region: regionCode,
    regionName: z.string(),
    credit: z.int(),
    /** Below what the region's policy shows a warning for; nothing is refused by that. */
    isLow: z.boolean(),
  })
  .meta({ id: "CreditAccount" });
export type CreditAccount = z.infer<typeof creditAccount>;

export const creditDetail = creditAccount
  .extend({
    /** The latest first, 200 at most. */
    bookings: z.array(creditBooking),
    /** Credit below which no start is granted; 0: credit refuses nothing here. */
    leastToStart: z.int(),
  })
  .meta({ id: "CreditDetail" });
export type CreditDetail = z.infer<typeof creditDetail>;

const params = z.object({ holder: creditHolder, holderId: z.uuid() });
const tag = "credit";

export const creditRoutes = {
  listCreditRules: defineRoute({
    method: "GET",
    path: "/api/credit-rules",
    tag,
    summary: "For anybody: the rules of credit in force in a region, with every version that ever was",
    query: z.object({ region: regionCode.optional() }),
    answers: {
      200: z.object({
        versions: z.array(creditRuleVersion),
        /** The region's own; 0: it has none. */
        newestVersion: z.int(),
        /** Everything that a rule may be about. */
        causes: z.array(z.object({ cause: creditCause, title: text })),
      }),
    },
  }),
  publishCreditRules: defineRoute({
    method: "POST",
    path: "/api/credit-rules/:region",
    tag,
    summary: "Publishes new rules of a region; what was booked keeps its version",
    params: z.object({ region: regionCode }),
    body: reasonBody.extend({
      /** The region's newest version that the author saw; 0: none. */
      basedOnVersion: z.int().min(0),
      /** Absent: at once. Never in the past. */
      effectiveFrom: z.iso.datetime().optional(),
      ...ruleSet,
    }),
    answers: { 201: creditRuleVersion },
    refusals: [401, 403, 404, 409],
  }),
  listCredit: defineRoute({
    method: "GET",
    path: "/api/credit",
    tag,
    summary: "Welders or firms of the caller's regions with their points, the fewest first",
    query: z.object({
      ...pageQuery,
      holder: creditHolder.default("welder"),
      isLow: z.stringbool().optional(),
      region: regionCode.optional(),
    }),
    answers: { 200: pageOf(creditAccount) },
    refusals: [401, 403],
  }),
  getCredit: defineRoute({
    method: "GET",
    path: "/api/credit/:holder/:holderId",
    tag,
    summary: "Points of a welder or a firm, and everything that was booked",
    params,
    answers: { 200: creditDetail },
    refusals: [401, 403, 404],
  }),
  bookTraining: defineRoute({
    method: "POST",
    path: "/api/credit/:holder/:holderId/training",
    tag,
    summary: "Gives points for a training that was attended, as the rules say, up to the full number",
    params,
    body: reasonBody,
    answers: { 201: creditDetail },
    refusals: [401, 403, 404, 409],
  }),
  listOwnCredit: defineRoute({
    method: "GET",
    path: "/api/me/credit",
    tag,
    summary: "The caller's own points as a welder, and those of the firms that he is an officer of",
    answers: { 200: z.object({ accounts: z.array(creditDetail) }) },
    refusals: [401, 403],
  }),
};
