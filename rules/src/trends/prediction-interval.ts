import { type DaySeries, type DaysOff, daysIn, firstDays } from "./day-series.ts";
import {
  type ForecastParameters,
  forecastDays,
  forecastParameters,
  LEAST_FORECAST_DAYS,
} from "./forecast.ts";

/** One figure to come: as expected, and between what it will lie nine times out of ten. */
export interface Expected {
  value: number;
  low: number;
  high: number;
}

/** How wide the interval is meant to be: the share of figures that lie within it. */
export const INTERVAL_SHARE = 0.9;
/** How many past weeks' own forecasts the interval is measured on. */
const WEEKS_LOOKED_BACK = 6;
/** Whole days go well or badly together (weather): a share of the figure beside its own chance. */
const DAY_SPREAD = 0.12;

/**
 * The next days with an interval for each figure. The interval is not assumed: the same forecast is made for each of the past
 * weeks from what was known before it, and how far it was off then, by a figure's size, is how far it may be off now.
 * @throws RangeError for a series too short for a forecast
 */
export function forecastWithIntervals(
  series: DaySeries,
  days: number,
  daysOff: DaysOff,
  parameters: ForecastParameters = forecastParameters,
): Expected[] {
  const errors = pastErrors(series, daysOff, parameters);
  const low = quantile(errors, (1 - INTERVAL_SHARE) / 2);
  const high = quantile(errors, (1 + INTERVAL_SHARE) / 2);
  return forecastDays(series, days, daysOff, parameters).map((value) => ({
    value,
    low: Math.max(0, value + Math.min(0, low) * spreadOf(value)),
    high: value + Math.max(0, high) * spreadOf(value),
  }));
}

/** Errors of past forecasts, each in units of what its figure varies by; in order. */
function pastErrors(series: DaySeries, daysOff: DaysOff, parameters: ForecastParameters): number[] {
  const known = daysIn(series);
  const errors: number[] = [];
  for (let week = 1; week <= WEEKS_LOOKED_BACK; week++) {
    const origin = known - week * 7;
    if (origin < LEAST_FORECAST_DAYS) break;
    const expected = forecastDays(firstDays(series, origin), 7, daysOff, parameters);
    expected.forEach((value, at) => {
      errors.push((series.values[origin * series.perDay + at]! - value) / spreadOf(value));
    });
  }
  return errors.sort((one, other) => one - other);
}

const spreadOf = (value: number) => Math.sqrt(value + 1 + (DAY_SPREAD * value) ** 2);

/** With nothing to measure on: what the normal distribution would say. */
function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return share < 0.5 ? -1.645 : 1.645;
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (above - below) * (at - Math.floor(at));
}
