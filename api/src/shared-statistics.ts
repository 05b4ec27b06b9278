import { z } from "zod";
import { bilingual } from "./language.ts";
import { defineRoute, type Route } from "./route.ts";
import { regionCode } from "./sign-in.ts";
import {
  MAX_STATISTICS_ROWS,
  statisticsAnswer,
  statisticsDimension,
  statisticsMeasure,
  statisticsMeasureInfo,
} from "./statistics.ts";

const words = (text: string) => text.split(",").map((word) => word.trim());
const day = z.iso.date({ error: bilingual("日期应写作 2026-03-01", "A day is written 2026-03-01") });
const rank = z
  .string()
  .transform((text) => ({ measure: text.replace(/^-/, ""), isDescending: text.startsWith("-") }))
  .pipe(z.object({ measure: statisticsMeasure, isDescending: z.boolean() }));

/** A question of statistics as a query: lists with commas. An unknown parameter is refused. */
export const sharedStatisticsQuery = z.strictObject({
  measures: z
    .string()
    .transform(words)
    .pipe(
      z
        .array(statisticsMeasure)
        .max(8, { error: bilingual("一次最多 8 项指标", "Ask for eight measures at most") }),
    ),
  dimensions: z
    .string()
    .transform(words)
    .pipe(
      z
        .array(statisticsDimension)
        .max(3, { error: bilingual("最多按 3 个维度细分", "Break down by three dimensions at most") }),
    )
    .optional(),
  /** Within the client's region, with all below it; absent: the client's region. */
  region: regionCode.optional(),
  /** Days of Asia/Shanghai, both included. */
  from: day,
  to: day,
  isCompared: z.stringbool().default(false),
  /** A measure; with a minus before it the largest first. */
  rank: rank.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_STATISTICS_ROWS).default(MAX_STATISTICS_ROWS),
});
export type SharedStatisticsQuery = z.infer<typeof sharedStatisticsQuery>;

const tag = "shared data";

/** Counts for departments' programs, never rows: signed and audited as all shared data. */
export const sharedStatisticsRoutes = {
  sharedStatisticsMeasures: defineRoute({
    method: "GET",
    path: "/api/shared/statistics/measures",
    tag,
    summary: "What the client may ask counts of, with its meaning, unit and dimensions",
    answers: { 200: z.object({ measures: z.array(statisticsMeasureInfo) }) },
    refusals: [401, 403],
    isForClients: true,
  }),
  sharedStatistics: defineRoute({
    method: "GET",
    path: "/api/shared/statistics",
    tag,
    summary: "Counts of the client's region up to now; small counts of people are withheld",
    query: sharedStatisticsQuery,
    answers: { 200: statisticsAnswer },
    refusals: [401, 403],
    isForClients: true,
  }),
} satisfies Record<string, Route>;
