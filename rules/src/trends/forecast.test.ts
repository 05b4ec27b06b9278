import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../civil-day.ts";
import { backTest } from "./back-test.ts";
import { type DaySeries, dayAfter, dayKindOf, weekdayOf } from "./day-series.ts";
import { forecastDays, LEAST_FORECAST_DAYS } from "./forecast.ts";
import { forecastWithIntervals } from "./prediction-interval.ts";

const FIRST_DAY = "2026-03-02";
const noDaysOff = { holidays: [], workingWeekends: [] };

/** Weekdays of ten machines from 8 to 18, weekends of four. */
function weeks(count: number, at: (hour: number, weekday: number) => number = plain): DaySeries {
  const values = Array.from({ length: count * 7 * 24 }, (_, hour) =>
    at(hour % 24, weekdayOf(addDays(FIRST_DAY, Math.floor(hour / 24)))),
  );
  return { firstDay: FIRST_DAY, perDay: 24, values };
}

function plain(hour: number, weekday: number): number {
  if (hour < 8 || hour >= 18) return 0;
  return weekday === 0 || weekday === 6 ? 4 : 10;
}

test("a weekday is what the calendar says, and a worked weekend goes before a holiday", () => {
  expect(weekdayOf("2026-03-02")).toBe(1);
  expect(weekdayOf("1969-12-28")).toBe(0);
  const daysOff = { holidays: ["2026-10-01", "2026-10-10"], workingWeekends: ["2026-10-10"] };
  expect(dayKindOf("2026-10-01", daysOff)).toEqual({ kind: "holiday" });
  expect(dayKindOf("2026-10-10", daysOff)).toEqual({ kind: "made-up" });
  expect(dayKindOf("2026-10-11", daysOff)).toEqual({ kind: "ordinary", weekday: 0 });
});

test("a week that repeats itself is foretold to the figure, with the interval of what never erred", () => {
  const series = weeks(12);
  const expected = forecastWithIntervals(series, 7, noDaysOff);
  expect(expected.map(({ value }) => Math.round(value * 1e6) / 1e6)).toEqual(weeks(1).values);
  for (const { value, low, high } of expected) expect([low, high]).toEqual([value, value]);
  expect(backTest(series, 4, noDaysOff)).toMatchObject({ weeks: 4, naiveMae: 0, coverage: 1, mase: null });
});

test("a holiday is foretold below its weekday, a worked weekend as a workday", () => {
  const series = weeks(8);
  const monday = dayAfter(series);
  const daysOff = { holidays: [monday], workingWeekends: [addDays(monday, 5)] };
  const days = forecastDays(series, 7, daysOff);
  const at = (day: number) => days[day * 24 + 10]!;
  expect(at(0)).toBeLessThan(5);
  expect(at(1)).toBeCloseTo(10);
  expect(at(5)).toBeCloseTo(10);
  expect(at(6)).toBeCloseTo(4);
});

test("a week of holidays is not taken for the shape of the weeks after, where last week's same hour errs", () => {
  const all = weeks(10);
  const from = 8 * 7 * 24;
  const values = all.values.map((value, at) => (at >= from && at < from + 168 ? 0 : value));
  const holidays = Array.from({ length: 7 }, (_, day) => addDays(FIRST_DAY, 56 + day));
  const test = backTest({ ...all, values }, 1, { holidays, workingWeekends: [] })!;
  expect(test.naiveMae).toBeGreaterThan(3);
  expect(test.mae).toBeLessThan(0.001);
});

test("a level that has risen is followed in part", () => {
  const series = weeks(10);
  const risen = series.values.map((value, at) => (at >= 9 * 168 ? value * 1.5 : value));
  const at10 = forecastDays({ ...series, values: risen }, 1, noDaysOff)[10]!;
  expect(at10).toBeGreaterThan(11);
  expect(at10).toBeLessThan(15);
});

test("too short a series is refused, and has no back-test", () => {
  const short = { ...weeks(4), values: weeks(4).values.slice(24) };
  expect(() => forecastDays(short, 1, noDaysOff)).toThrow(RangeError);
  expect(backTest(short, 3, noDaysOff)).toBeNull();
  expect(forecastDays(weeks(LEAST_FORECAST_DAYS / 7), 1, noDaysOff)).toHaveLength(24);
});

const anySeries = fc
  .tuple(fc.integer({ min: 28, max: 120 }), fc.constantFrom(1, 4), fc.integer({ min: 1, max: 500 }))
  .chain(([days, perDay, most]) =>
    fc
      .array(fc.integer({ min: 0, max: most }), { minLength: days * perDay, maxLength: days * perDay })
      .map((values): DaySeries => ({ firstDay: "2026-01-05", perDay, values })),
  );

test("of any series: as many figures as asked, none below nothing, each within its interval", () => {
  fc.assert(
    fc.property(anySeries, fc.integer({ min: 1, max: 14 }), (series, days) => {
      const expected = forecastWithIntervals(series, days, {
        holidays: ["2026-02-17", "2026-03-01"],
        workingWeekends: ["2026-02-28"],
      });
      expect(expected).toHaveLength(days * series.perDay);
      for (const { value, low, high } of expected) {
        expect(Number.isFinite(high)).toBe(true);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }
    }),
    { numRuns: 60 },
  );
});

test("a forecast of twice the work is twice the forecast", () => {
  fc.assert(
    fc.property(anySeries, (series) => {
      const twice = { ...series, values: series.values.map((value) => 2 * value) };
      const [once, doubled] = [series, twice].map((one) => forecastDays(one, 7, noDaysOff));
      doubled!.forEach((value, at) => {
        expect(value).toBeCloseTo(2 * once![at]!, 6);
      });
    }),
    { numRuns: 40 },
  );
});

test("the back-test never looks ahead: what comes after a week does not change its forecast", () => {
  const series = weeks(12);
  const changed = { ...series, values: series.values.map((value, at) => (at >= 11 * 168 ? 99 : value)) };
  const [before, after] = [series, changed].map(({ values, ...rest }) =>
    forecastWithIntervals({ ...rest, values: values.slice(0, 11 * 168) }, 7, noDaysOff),
  );
  expect(after).toEqual(before);
  expect(backTest(changed, 1, noDaysOff)!.mae).toBeGreaterThan(80);
});
