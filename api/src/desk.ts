import { z } from "zod";
import { text } from "./decisions.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";
import { statisticsFigure, statisticsMeasure } from "./statistics.ts";

/** What waits for the staff of a region, in the order in which it is shown. */
export const deskTodoKind = z.enum([
  "alarms-unacknowledged",
  "alarms-mine",
  "alarms-my-departments",
  "alarms-overdue",
  "station-calls",
  "scene-reviews",
  "certificate-reviews",
  "permits-submitted",
  "rectifications-answered",
  "rectifications-overdue",
  "certificates-expiring",
  "appeals",
]);
export type DeskTodoKind = z.infer<typeof deskTodoKind>;

/** A few figures of a region, to be compared with its neighbours; null: not the caller's to see. */
export const deskRegion = z
  .object({
    code: regionCode,
    name: z.string(),
    openAlarms: z.int(),
    openDangers: z.int(),
    unacknowledged: z.int(),
    working: z.int().nullable(),
    overdueRectifications: z.int(),
  })
  .meta({ id: "DeskRegion" });
export type DeskRegion = z.infer<typeof deskRegion>;

export const desk = z
  .object({
    /** When it was counted. */
    asOf: z.iso.datetime(),
    /** Each as many as its list shows; what the caller's department may not see is left out. */
    todo: z.array(z.object({ kind: deskTodoKind, count: z.int() })),
    /** The caller's region, or the one that was asked for; null: several, or the whole platform. */
    region: z.object({ code: regionCode, name: z.string() }).nullable(),
    /** The regions next below it, or itself where there are none. */
    regions: z.array(deskRegion),
  })
  .meta({ id: "Desk" });
export type Desk = z.infer<typeof desk>;

const days = z.object({ from: z.iso.date(), to: z.iso.date() });

/** A sentence of the brief with what it rests on: a measure, its days, its figure and the one it is compared with. */
export const briefSentence = z
  .object({
    measure: statisticsMeasure,
    text,
    period: days,
    figure: statisticsFigure.pick({ value: true, isWithheld: true }),
    /** Null: it is compared with nothing. */
    compared: z
      .object({ period: days, figure: statisticsFigure.pick({ value: true, isWithheld: true }) })
      .nullable(),
    /** better, worse: for what one wants more or fewer of. */
    tone: z.enum(["better", "worse", "neutral"]),
  })
  .meta({ id: "BriefSentence" });
export type BriefSentence = z.infer<typeof briefSentence>;

export const dailyBrief = z
  .object({
    asOf: z.iso.datetime(),
    /** The last whole day of Asia/Shanghai. */
    day: z.iso.date(),
    /** The same day of the week before. */
    comparedDay: z.iso.date(),
    /** The first day of which anything was counted; null: nothing was yet. */
    firstDay: z.iso.date().nullable(),
    sentences: z.array(briefSentence),
  })
  .meta({ id: "DailyBrief" });
export type DailyBrief = z.infer<typeof dailyBrief>;

export const deskRoutes = {
  getDailyBrief: defineRoute({
    method: "GET",
    path: "/api/desk/brief",
    tag: "desk",
    summary: "Yesterday in sentences, each from one measure, beside the same day of the week before",
    query: z.object({ region: regionCode.optional() }),
    answers: { 200: dailyBrief },
    refusals: [401, 403],
  }),
  getDesk: defineRoute({
    method: "GET",
    path: "/api/desk",
    tag: "desk",
    summary: "What waits for the caller today, and the regions below the caller's side by side",
    query: z.object({ region: regionCode.optional() }),
    answers: { 200: desk },
    refusals: [401, 403],
  }),
};
