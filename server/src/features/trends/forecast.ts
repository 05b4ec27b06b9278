import type { Forecast, TrendMeasure } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import {
  addDays,
  backTest,
  type DaySeries,
  dayAfter,
  daysBetween,
  daysIn,
  forecastWithIntervals,
  INTERVAL_SHARE,
  LEAST_FORECAST_DAYS,
  shanghaiDay,
} from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { inBackground } from "../../db/background.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { type SlotFigure, selectAlarmsByDay, selectSimulated, selectWorkByHour } from "./series-queries.ts";

/** Twelve weeks for the shapes, six more for the intervals and eight to test them on. */
const DAYS_LOOKED_BACK = 182;
const DAYS_AHEAD = 7;
const DAYS_SHOWN = 14;
const WEEKS_TESTED = 8;

/** The next week of a region with its intervals, and how good the same forecast was in the weeks before. */
export async function forecastOf(
  ctx: Pick<AppContext, "db" | "clock">,
  region: RegionCode,
  measure: TrendMeasure,
): Promise<Forecast> {
  const nowMs = ctx.clock.nowMs();
  const today = shanghaiDay(nowMs);
  const days = { region, from: addDays(today, -DAYS_LOOKED_BACK), until: today };
  // Long reads: a start in the same moment goes first.
  const seen = await inBackground(() =>
    measure === "work" ? selectWorkByHour(ctx.db, days, nowMs) : selectAlarmsByDay(ctx.db, days),
  );
  const simulated = await inBackground(() => selectSimulated(ctx.db, measure, days));
  const perDay = measure === "work" ? 24 : 1;
  const series = seriesOf([...seen, ...simulated], perDay, days);
  const { calendar } = await rectificationPolicyOf(ctx.db, region, nowMs);
  const known = daysIn(series);
  const isEnough = known >= LEAST_FORECAST_DAYS;
  const shown = Math.min(DAYS_SHOWN, known);
  return {
    region,
    measure,
    perDay,
    daysKnown: known,
    daysNeeded: LEAST_FORECAST_DAYS,
    isSimulated: simulated.length > 0,
    seen: {
      firstDay: addDays(series.firstDay, known - shown),
      values: series.values.slice((known - shown) * perDay),
    },
    expected: isEnough
      ? {
          firstDay: dayAfter(series),
          values: forecastWithIntervals(series, DAYS_AHEAD, calendar),
          intervalShare: INTERVAL_SHARE,
        }
      : null,
    backTest: isEnough ? backTest(series, WEEKS_TESTED, calendar) : null,
  };
}

/** From the first day with anything on; the days before it are not known to have been idle. */
function seriesOf(
  figures: readonly SlotFigure[],
  perDay: number,
  { from, until }: { from: string; until: string },
): DaySeries {
  const all = new Array<number>(daysBetween(from, until) * perDay).fill(0);
  for (const { slot, value } of figures) if (slot >= 0 && slot < all.length) all[slot]! += value;
  const first = all.findIndex((value) => value > 0);
  const skipped = first < 0 ? all.length / perDay : Math.floor(first / perDay);
  return { firstDay: addDays(from, skipped), perDay, values: all.slice(skipped * perDay) };
}
