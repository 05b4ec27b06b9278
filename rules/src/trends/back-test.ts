import { type DaySeries, type DaysOff, daysIn, firstDays } from "./day-series.ts";
import { type ForecastParameters, forecastParameters, LEAST_FORECAST_DAYS } from "./forecast.ts";
import { forecastWithIntervals } from "./prediction-interval.ts";

const DAYS_A_WEEK = 7;

/** How good forecasts of past weeks were, each made from what was known before its week. */
export interface BackTest {
  /** How many weeks were forecast. */
  weeks: number;
  /** Mean absolute error, in the series' own unit. */
  mae: number;
  /** The same of "as a week before": the naive forecast. */
  naiveMae: number;
  /** `mae` in units of the naive forecast's mean error within what was known (Hyndman and Koehler 2006); null: that is none. */
  mase: number | null;
  /** The share of figures that lay within their interval; `INTERVAL_SHARE` is meant. */
  coverage: number;
}

/**
 * Rolls the origin over the last `weeks` weeks: forecast, look, go on. Weeks before which too little is known are left out;
 * null: none is left.
 */
export function backTest(
  series: DaySeries,
  weeks: number,
  daysOff: DaysOff,
  parameters: ForecastParameters = forecastParameters,
): BackTest | null {
  const known = daysIn(series);
  const { perDay } = series;
  const sums = { weeks: 0, figures: 0, error: 0, naive: 0, within: 0, scaled: 0, scaledFigures: 0 };
  for (let back = weeks; back >= 1; back--) {
    const origin = known - back * DAYS_A_WEEK;
    if (origin < LEAST_FORECAST_DAYS) continue;
    sums.weeks++;
    const before = firstDays(series, origin);
    const scale = naiveErrorWithin(before);
    forecastWithIntervals(before, DAYS_A_WEEK, daysOff, parameters).forEach(({ value, low, high }, at) => {
      const seen = series.values[origin * perDay + at]!;
      const naive = series.values[(origin - DAYS_A_WEEK) * perDay + at]!;
      sums.figures++;
      sums.error += Math.abs(seen - value);
      sums.naive += Math.abs(seen - naive);
      if (seen >= Math.floor(low) && seen <= Math.ceil(high)) sums.within++;
      if (scale > 0) {
        sums.scaled += Math.abs(seen - value) / scale;
        sums.scaledFigures++;
      }
    });
  }
  if (sums.figures === 0) return null;
  return {
    weeks: sums.weeks,
    mae: sums.error / sums.figures,
    naiveMae: sums.naive / sums.figures,
    mase: sums.scaledFigures > 0 ? sums.scaled / sums.scaledFigures : null,
    coverage: sums.within / sums.figures,
  };
}

function naiveErrorWithin({ values, perDay }: DaySeries): number {
  const week = DAYS_A_WEEK * perDay;
  let total = 0;
  for (let at = week; at < values.length; at++) total += Math.abs(values[at]! - values[at - week]!);
  return values.length > week ? total / (values.length - week) : 0;
}
