import { z } from "zod";
import { text } from "./decisions.ts";
import { fieldGroup } from "./department-rights.ts";
import { exportFormat } from "./exports.ts";
import { bilingual } from "./language.ts";
import { defineRoute, type Route } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** What is counted; what each means stands in `GET /api/statistics/measures`. */
export const statisticsMeasures = [
  "sessions",
  "unusedGrants",
  "arcHours",
  "poweredHours",
  "energyKilowattHours",
  "arcShare",
  "workingFirms",
  "workingMachines",
  "workingWelders",
  "mobileSessionShare",
  "startAttempts",
  "refusals",
  "refusalShare",
  "uncertifiedStopped",
  "alarmsRaised",
  "alarmsClosed",
  "closureMinutes",
  "falseAlarmShare",
  "clearancesOpened",
  "clearancesClosed",
  "clearancesForbidden",
  "scenesPassed",
  "scenesFailed",
  "scenePassShare",
  "certificatesExpiring",
  "reviewsDue",
  "machines",
  "mobileShare",
  "retrofitCoverage",
  "machineUtilisation",
] as const;
export const statisticsMeasure = z.enum(statisticsMeasures);
export type StatisticsMeasure = z.infer<typeof statisticsMeasure>;

/** The grains of time, the finest first; a question has one of them at most. */
export const statisticsTimes = ["minute", "hour", "day", "month"] as const;
/** The levels of the region tree: digits of the code that are looked at. */
export const statisticsRegionLevels = ["province", "prefecture", "county", "township"] as const;
export const statisticsDimensions = [
  ...statisticsTimes,
  ...statisticsRegionLevels,
  "industry",
  "enterpriseType",
  "process",
  "isMobile",
  "reason",
  "alarmKind",
  "severity",
  "certificateFamily",
] as const;
export const statisticsDimension = z.enum(statisticsDimensions);
export type StatisticsDimension = z.infer<typeof statisticsDimension>;

const unit = z.enum(["count", "hours", "kilowattHours", "minutes", "percent"]);
const value = z.string().max(60);

/** What a measure is, and what it can be broken down by. */
export const statisticsMeasureInfo = z
  .object({
    measure: statisticsMeasure,
    title: text,
    /** How it is counted, in a sentence. */
    meaning: text,
    unit,
    digits: z.int(),
    /** What a department must see as counts at least. */
    needs: z.array(fieldGroup),
    dimensions: z.array(statisticsDimension),
    /** A count of people: small ones are withheld. */
    isOfPeople: z.boolean(),
    /** As of the end of the period, not of what happened in it. */
    isStock: z.boolean(),
  })
  .meta({ id: "StatisticsMeasureInfo" });
export type StatisticsMeasureInfo = z.infer<typeof statisticsMeasureInfo>;

/** Points and rows of one answer at most. */
export const MAX_STATISTICS_ROWS = 5_000;
/** Days of a period at most: of minutes, of hours, and of everything else. */
export const STATISTICS_MAX_DAYS = { minute: 2, hour: 62, other: 1_830 } as const;

const day = z.iso.date({ error: bilingual("日期应写作 2026-03-01", "A day is written 2026-03-01") });

export const statisticsQuestion = z
  .object({
    measures: z
      .array(statisticsMeasure)
      .min(1, { error: bilingual("请至少选择一项指标", "Choose at least one measure") })
      .max(8, { error: bilingual("一次最多选择 8 项指标", "Choose eight measures at most") }),
    dimensions: z
      .array(statisticsDimension)
      .max(3, { error: bilingual("最多按 3 个维度细分", "Break down by three dimensions at most") })
      .default([]),
    /** A region with all below it; absent: all that the caller reaches. */
    region: regionCode.optional(),
    /** By dimension: only these values; an empty text is what is not known. */
    filters: z.partialRecord(statisticsDimension, z.array(value).min(1).max(50)).default({}),
    /** Days of Asia/Shanghai, both included. */
    from: day,
    to: day,
    /** Beside each value that of the period before. */
    isCompared: z.boolean().default(false),
    rank: z.object({ measure: statisticsMeasure, isDescending: z.boolean().default(true) }).optional(),
    limit: z.int().min(1).max(MAX_STATISTICS_ROWS).default(MAX_STATISTICS_ROWS),
  })
  .meta({ id: "StatisticsQuestion" });
export type StatisticsQuestion = z.infer<typeof statisticsQuestion>;

/** Of one measure. */
export const statisticsFigure = z.object({
  /** Null: withheld, or nothing to divide by. */
  value: z.number().nullable(),
  /** Too few people to be told of, or from which others' number could be told. */
  isWithheld: z.boolean(),
  previous: z.object({ value: z.number().nullable(), isWithheld: z.boolean() }).optional(),
});
export type StatisticsFigure = z.infer<typeof statisticsFigure>;

const period = z.object({ from: day, to: day });

export const statisticsAnswer = z
  .object({
    period,
    previousPeriod: period.nullable(),
    dimensions: z.array(statisticsDimension),
    measures: z.array(statisticsMeasure),
    rows: z.array(
      z.object({
        /** By the order of the dimensions; null: not known. */
        keys: z.array(z.object({ value: value.nullable(), title: text })),
        /** By the order of the measures. */
        figures: z.array(statisticsFigure),
      }),
    ),
    /** Of everything asked for, without dimensions. */
    totals: z.array(statisticsFigure),
    /** Rows that the limit has left out. */
    rowsLeftOut: z.int(),
    /** Counts of people below this are withheld. */
    smallestCount: z.int(),
    countedAt: z.iso.datetime(),
  })
  .meta({ id: "StatisticsAnswer" });
export type StatisticsAnswer = z.infer<typeof statisticsAnswer>;

const viewFields = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: bilingual("请填写名称", "Give it a name") })
    .max(60, { error: bilingual("名称最多 60 个字", "A name has 60 characters at most") }),
  question: statisticsQuestion,
  /** For all staff whose regions lie within the author's. */
  isShared: z.boolean(),
});

export const statisticsView = viewFields
  .extend({
    statisticsViewId: z.uuid(),
    isOwn: z.boolean(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: "StatisticsView" });
export type StatisticsView = z.infer<typeof statisticsView>;

const tag = "statistics";
const viewParams = z.object({ statisticsViewId: z.uuid() });

export const statisticsRoutes = {
  listStatisticsMeasures: defineRoute({
    method: "GET",
    path: "/api/statistics/measures",
    tag,
    summary: "What the caller may ask for, with its meaning and its dimensions",
    answers: {
      200: z.object({
        measures: z.array(statisticsMeasureInfo),
        dimensions: z.array(z.object({ dimension: statisticsDimension, title: text })),
      }),
    },
    refusals: [401, 403],
  }),
  queryStatistics: defineRoute({
    method: "POST",
    path: "/api/statistics/query",
    tag,
    summary: "Counts in the caller's regions, up to now; small counts of people are withheld",
    body: statisticsQuestion,
    answers: { 200: statisticsAnswer },
    refusals: [401, 403],
  }),
  exportStatistics: defineRoute({
    method: "GET",
    path: "/api/exports/statistics",
    tag: "exports",
    summary: "An answer as a file; audited",
    query: z.object({
      /** A question as JSON. */
      question: z.string().max(8_000),
      format: exportFormat.default("xlsx"),
    }),
    answers: {
      200: z.string().meta({ description: "xlsx or csv (UTF-8 with a byte order mark), as an attachment" }),
    },
    refusals: [401, 403, 409],
  }),
  listStatisticsViews: defineRoute({
    method: "GET",
    path: "/api/statistics/views",
    tag,
    summary: "Questions that the caller keeps, and those shared with him",
    answers: { 200: z.object({ items: z.array(statisticsView) }) },
    refusals: [401, 403],
  }),
  keepStatisticsView: defineRoute({
    method: "POST",
    path: "/api/statistics/views",
    tag,
    summary: "Keeps a question under a name",
    body: viewFields,
    answers: { 201: statisticsView },
    refusals: [401, 403, 409],
  }),
  changeStatisticsView: defineRoute({
    method: "PUT",
    path: "/api/statistics/views/:statisticsViewId",
    tag,
    summary: "Changes a kept question of one's own",
    params: viewParams,
    body: viewFields,
    answers: { 200: statisticsView },
    refusals: [401, 403, 404, 409],
  }),
  deleteStatisticsView: defineRoute({
    method: "DELETE",
    path: "/api/statistics/views/:statisticsViewId",
    tag,
    summary: "Forgets a kept question of one's own",
    params: viewParams,
    answers: { 204: z.null().meta({ description: "No content" }) },
    refusals: [401, 403, 404],
  }),
} satisfies Record<string, Route>;
