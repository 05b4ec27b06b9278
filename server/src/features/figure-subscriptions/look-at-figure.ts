import type { FigureCondition, StatisticsMeasure } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import {
  answerQuestion,
  firstCountedDay,
  measures,
  type Period,
  reachOfRegion,
} from "../statistics/statistics.ts";

/** What is looked at. */
export interface Figure {
  measure: StatisticsMeasure;
  region_code: RegionCode | null;
  industry: string | null;
  condition: FigureCondition;
}

/** What a look has found. */
export interface FoundFigure {
  /** Compared with the threshold: a figure, or a change of the last week; null: nothing can be said. */
  value: number | null;
  /** Of the last days, and of those before. */
  now: number | null;
  before: number | null;
  period: Period;
}

const WEEK_DAYS = 7;

/** Counts a figure as it stands, and what it is compared with; days before anything was recorded say nothing. */
export async function lookAtFigure(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  figure: Figure,
): Promise<FoundFigure> {
  const today = shanghaiDay(ctx.clock.nowMs());
  const yesterday = addDays(today, -1);
  const count = async (period: Period): Promise<number | null> => {
    const { measure, industry, region_code: region } = figure;
    const question = {
      measures: [measure],
      dimensions: [],
      filters: industry === null ? {} : { industry: [industry] },
      isCompared: false,
      limit: 1,
      ...(region === null ? {} : { region }),
      ...period,
    };
    const { totals } = await answerQuestion(ctx, question, () => reachOfRegion(region));
    return totals[0]!.value;
  };
  if (figure.condition === "above") {
    const period = { from: today, to: today };
    const now = await count(period);
    return { value: now, now, before: null, period };
  }
  const days = figure.condition === "below" ? 1 : WEEK_DAYS;
  const period = { from: addDays(today, -days), to: yesterday };
  const before = { from: addDays(period.from, -days), to: addDays(period.from, -1) };
  const needed = figure.condition === "below" ? period.from : before.from;
  const now = await count(period);
  const firstDay = await firstCountedDay(ctx, figure.region_code);
  if (firstDay === undefined || firstDay > needed) return { value: null, now: null, before: null, period };
  if (figure.condition === "below") return { value: now, now, before: null, period };
  const past = await count(before);
  return { value: changeOf(figure.measure, now, past), now, before: past, period };
}

/** In percent, of shares in points; null where there was nothing. */
function changeOf(measure: StatisticsMeasure, now: number | null, past: number | null): number | null {
  if (now === null || past === null) return null;
  if (measures[measure].unit === "percent") return now - past;
  return past === 0 ? null : (100 * (now - past)) / past;
}
