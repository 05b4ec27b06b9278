import { addDays } from "../civil-day.ts";
import { type DayKind, type DaySeries, type DaysOff, dayKindOf, daysIn } from "./day-series.ts";

/** What the forecast goes by. All of it is shown beside it. */
export interface ForecastParameters {
  /** How many past weeks a day's shape is taken from. */
  weeks: number;
  /** What a week counts beside the one after it, 0–1. */
  keptPerWeek: number;
  /** Over how many past ordinary days the present level is measured. */
  levelDays: number;
  /** How much of the present level's difference from the shape is believed, 0–1. */
  levelShare: number;
  /** What a holiday has of an ordinary day before any holiday was seen, 0–1. */
  holidayShare: number;
  /** As how many seen holidays that prior belief counts. */
  holidayBelief: number;
}

/** Chosen on simulated years of seeds 1–12, which no reported figure is of: `docs/guides/benchmarks.md`. */
export const forecastParameters: ForecastParameters = {
  weeks: 12,
  keptPerWeek: 0.9,
  levelDays: 3,
  levelShare: 0.6,
  holidayShare: 0.4,
  holidayBelief: 4,
};

/** Fewer days than this say nothing about a week. */
export const LEAST_FORECAST_DAYS = 28;

/** Shapes of days, their level and what holidays have of it, as learnt from a series. */
interface Learnt {
  shapeOf(kind: DayKind): readonly number[];
  level: number;
  holidayShare: number;
}

/**
 * What the next days will have, `days` × `perDay` figures: the weighted mean of the same hour of the same weekday in past
 * weeks, times the present level; holidays by what past holidays had of it. Holidays and worked weekends of the past do
 * not count into the shapes. @throws RangeError for a series below `LEAST_FORECAST_DAYS`
 */
export function forecastDays(
  series: DaySeries,
  days: number,
  daysOff: DaysOff,
  parameters: ForecastParameters = forecastParameters,
): number[] {
  const known = daysIn(series);
  if (known < LEAST_FORECAST_DAYS) throw new RangeError(`a series of ${known} days is too short`);
  const learnt = learn(series, daysOff, parameters);
  return Array.from({ length: days }, (_, ahead) => {
    const kind = dayKindOf(addDays(series.firstDay, known + ahead), daysOff);
    const share = kind.kind === "holiday" ? learnt.holidayShare : 1;
    return learnt.shapeOf(kind).map((value) => value * learnt.level * share);
  }).flat();
}

function learn(series: DaySeries, daysOff: DaysOff, parameters: ForecastParameters): Learnt {
  const known = daysIn(series);
  const from = Math.max(0, known - parameters.weeks * 7);
  const past = Array.from({ length: known - from }, (_, index) => {
    const at = from + index;
    return {
      kind: dayKindOf(addDays(series.firstDay, at), daysOff),
      values: series.values.slice(at * series.perDay, (at + 1) * series.perDay),
      weight: parameters.keptPerWeek ** Math.floor((known - 1 - at) / 7),
    };
  });
  const ordinary = past.filter(({ kind }) => kind.kind === "ordinary");
  const workdays = ordinary.filter(({ kind }) => isMondayToFriday(kind));
  const all = meanDay(ordinary, series.perDay);
  const workday = workdays.length > 0 ? meanDay(workdays, series.perDay) : all;
  const byWeekday = Array.from({ length: 7 }, (_, weekday) => {
    const same = ordinary.filter(({ kind }) => kind.kind === "ordinary" && kind.weekday === weekday);
    if (same.length > 0) return meanDay(same, series.perDay);
    return weekday === 0 || weekday === 6 ? all : workday;
  });
  const shapeOf = (kind: DayKind) => (kind.kind === "ordinary" ? byWeekday[kind.weekday]! : workday);

  const recent = ordinary.slice(-parameters.levelDays);
  const seen = sum(recent.flatMap(({ values }) => values));
  const shaped = sum(recent.flatMap(({ kind }) => shapeOf(kind)));
  const level = shaped > 0 ? 1 + parameters.levelShare * (seen / shaped - 1) : 1;

  const holidays = past.filter(({ kind }) => kind.kind === "holiday");
  const ofOrdinary = sum(all);
  const shares = ofOrdinary > 0 ? holidays.map(({ values }) => Math.min(1, sum(values) / ofOrdinary)) : [];
  const belief = parameters.holidayBelief;
  const holidayShare =
    (sum(shares) + belief * parameters.holidayShare) / Math.max(1e-9, shares.length + belief);
  return { shapeOf, level, holidayShare };
}

function isMondayToFriday(kind: DayKind): boolean {
  return kind.kind === "ordinary" && kind.weekday >= 1 && kind.weekday <= 5;
}

function meanDay(days: readonly { values: readonly number[]; weight: number }[], perDay: number): number[] {
  const weights = sum(days.map(({ weight }) => weight));
  return Array.from({ length: perDay }, (_, slot) =>
    weights > 0 ? sum(days.map(({ values, weight }) => values[slot]! * weight)) / weights : 0,
  );
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
