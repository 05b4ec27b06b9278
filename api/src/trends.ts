import { inspectionFindings, riskFactors } from "@hanyouxu/rules";
import { z } from "zod";
import { text } from "./decisions.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** What is foretold: machines at work in each hour, or alarms a day. */
export const trendMeasures = ["work", "alarms"] as const;
export const trendMeasure = z.enum(trendMeasures);
export type TrendMeasure = z.infer<typeof trendMeasure>;

const civilDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const forecast = z
  .object({
    region: regionCode,
    measure: trendMeasure,
    /** Figures a day: 24 or 1. */
    perDay: z.int(),
    /** Whole days before today that are known; the first of them with any work or alarm is the first. */
    daysKnown: z.int(),
    /** So many days have to be known for a forecast. */
    daysNeeded: z.int(),
    /** Some of the days known are a demonstration's (演示). */
    isSimulated: z.boolean(),
    /** The last two weeks, as they were. */
    seen: z.object({ firstDay: civilDay, values: z.array(z.number()) }),
    /** From today on; null: too little is known. */
    expected: z
      .object({
        firstDay: civilDay,
        values: z.array(z.object({ value: z.number(), low: z.number(), high: z.number() })),
        /** The share of figures that the interval is meant to hold. */
        intervalShare: z.number(),
      })
      .nullable(),
    /** How good the same forecast was in past weeks, beside last week's same hour; null: too little is known. */
    backTest: z
      .object({
        weeks: z.int(),
        mae: z.number(),
        naiveMae: z.number(),
        mase: z.number().nullable(),
        coverage: z.number(),
      })
      .nullable(),
  })
  .meta({ id: "Forecast" });
export type Forecast = z.infer<typeof forecast>;

export const anomalyFigures = ["work-hours", "alarms", "refusals"] as const;

export const anomaly = z
  .object({
    /** The firm; null: of the region. */
    enterpriseId: z.uuid().nullable(),
    region: regionCode,
    name: z.string(),
    figure: z.enum(anomalyFigures),
    title: text,
    unit: text,
    seen: z.number(),
    direction: z.enum(["above", "below"]),
    /** The expected range, from the middle of so many days of the same kind. */
    low: z.number(),
    high: z.number(),
    middle: z.number(),
    days: z.int(),
    strength: z.number(),
  })
  .meta({ id: "Anomaly" });
export type Anomaly = z.infer<typeof anomaly>;

export const riskPart = z.object({
  factor: z.enum(riskFactors),
  title: text,
  unit: text,
  seen: z.number(),
  points: z.number(),
  most: z.number(),
});

const weights = z.object({
  version: z.string(),
  factors: z.array(
    z.object({
      factor: z.enum(riskFactors),
      title: text,
      unit: text,
      points: z.number(),
      /** Half of the points from here, in the factor's unit. */
      halfAt: z.number(),
    }),
  ),
});

export const firmRisk = z
  .object({
    enterpriseId: z.uuid(),
    name: z.string(),
    region: regionCode,
    regionName: z.string(),
    score: z.number(),
    /** The greatest first; their points are the score. */
    parts: z.array(riskPart),
  })
  .meta({ id: "FirmRisk" });
export type FirmRisk = z.infer<typeof firmRisk>;

export const inspectionVisit = z.object({
  enterpriseId: z.uuid(),
  name: z.string(),
  region: regionCode,
  regionName: z.string(),
  day: z.int(),
  person: z.int(),
  turn: z.int(),
  score: z.number(),
  /** What the score was made of when the plan was. */
  parts: z.array(riskPart),
  finding: z.enum(inspectionFindings).nullable(),
  note: z.string().nullable(),
  reportedAt: z.iso.datetime().nullable(),
});

const planSummary = z.object({
  inspectionPlanId: z.uuid(),
  region: regionCode,
  regionName: z.string(),
  createdAt: z.iso.datetime(),
  weightsVersion: z.string(),
  staff: z.int(),
  days: z.int(),
  visits: z.int(),
  reported: z.int(),
  found: z.int(),
});
export const inspectionPlan = planSummary
  .extend({ list: z.array(inspectionVisit) })
  .meta({ id: "InspectionPlan" });
export type InspectionPlan = z.infer<typeof inspectionPlan>;

function between(min: number, max: number, zh: string, en: string) {
  const error = bilingual(`${zh}为 ${min}–${max}`, `${en}: ${min} to ${max}`);
  return z.number({ error }).min(min, { error }).max(max, { error });
}
const wholeBetween = (min: number, max: number, zh: string, en: string) =>
  between(min, max, zh, en).int({ error: bilingual(`${zh}须为整数`, `${en}: a whole number`) });

const tag = "trends";
const inRegion = z.object({ region: regionCode });
const planParams = z.object({ inspectionPlanId: z.uuid() });

export const trendRoutes = {
  getForecast: defineRoute({
    method: "GET",
    path: "/api/trends/forecast",
    tag,
    summary:
      "A region's next week of work by the hour, or of alarms by the day, with intervals and the back-test",
    query: inRegion.extend({ measure: trendMeasure.default("work") }),
    answers: { 200: forecast },
    refusals: [401, 403],
  }),
  listAnomalies: defineRoute({
    method: "GET",
    path: "/api/trends/anomalies",
    tag,
    summary:
      "Firms and regions whose figures of yesterday lie outside what their own past makes usual; the strangest first",
    query: inRegion,
    answers: {
      200: z.object({
        day: civilDay,
        looked: z.int(),
        /** Some of the days are a demonstration's (演示). */
        isSimulated: z.boolean(),
        items: z.array(anomaly),
      }),
    },
    refusals: [401, 403],
  }),
  listRisks: defineRoute({
    method: "GET",
    path: "/api/trends/risks",
    tag,
    summary:
      "A region's firms by risk, the riskiest first, each score with its factors, and the weights in force",
    query: inRegion.extend(pageQuery),
    answers: { 200: pageOf(firmRisk).extend({ weights }) },
    refusals: [401, 403],
  }),
  createInspectionPlan: defineRoute({
    method: "POST",
    path: "/api/inspection-plans",
    tag,
    summary:
      "Proposes whom to inspect within the staff there is, and stores it with the weights it was made by",
    body: inRegion.extend({
      staff: wholeBetween(1, 50, "人数", "People"),
      days: wholeBetween(1, 30, "天数", "Days"),
      hoursADay: between(1, 12, "每人每天小时数", "Hours of a person a day").default(7),
      hoursAVisit: between(0.25, 8, "每次检查小时数", "Hours of a visit").default(1.5),
      hoursToRegion: between(0, 6, "往返镇街小时数", "Hours to a township and back").default(1),
      hoursBetween: between(0, 4, "两家之间小时数", "Hours between two firms").default(0.5),
    }),
    answers: { 201: inspectionPlan },
    refusals: [401, 403, 409],
  }),
  listInspectionPlans: defineRoute({
    method: "GET",
    path: "/api/inspection-plans",
    tag,
    summary: "Plans of a region, the newest first",
    query: inRegion.extend(pageQuery),
    answers: { 200: pageOf(planSummary.meta({ id: "InspectionPlanSummary" })) },
    refusals: [401, 403],
  }),
  getInspectionPlan: defineRoute({
    method: "GET",
    path: "/api/inspection-plans/:inspectionPlanId",
    tag,
    summary: "A plan with its visits and what they found",
    params: planParams,
    answers: { 200: inspectionPlan },
    refusals: [401, 403, 404],
  }),
  reportInspection: defineRoute({
    method: "POST",
    path: "/api/inspection-plans/:inspectionPlanId/results",
    tag,
    summary: "What a visit found. Results are counted and shown; they never change weights",
    params: planParams,
    body: z.object({
      enterpriseId: z.uuid(),
      finding: z.enum(inspectionFindings),
      note: z.string().trim().max(500).default(""),
    }),
    answers: { 201: inspectionPlan },
    refusals: [401, 403, 404, 409],
  }),
  listInspectionTallies: defineRoute({
    method: "GET",
    path: "/api/inspection-tallies",
    tag,
    summary: "How often visits found something, by version of the weights and band of scores",
    query: inRegion,
    answers: {
      200: z.object({
        items: z.array(
          z.object({
            weightsVersion: z.string(),
            fromScore: z.int(),
            found: z.int(),
            nothing: z.int(),
            notDone: z.int(),
          }),
        ),
      }),
    },
    refusals: [401, 403],
  }),
};
