import type { Forecast } from "@hanyouxu/api";
import { expect, test } from "vitest";
import { forecastRows } from "./forecast-rows.ts";

const forecast: Forecast = {
  region: "330723",
  measure: "work",
  perDay: 24,
  daysKnown: 1,
  daysNeeded: 28,
  isSimulated: false,
  seen: { firstDay: "2026-12-31", values: Array.from({ length: 24 }, (_, hour) => hour) },
  expected: { firstDay: "2027-01-01", values: [{ value: 2, low: 1, high: 4 }], intervalShare: 0.9 },
  backTest: null,
};

test("what is to come follows what was, hour by hour, over the end of a year", () => {
  const rows = forecastRows(forecast);
  expect(rows).toHaveLength(25);
  expect(rows[23]).toMatchObject({ at: "12-31 23:00", seen: 23, value: null });
  expect(rows[24]).toEqual({ key: 24, at: "01-01 00:00", seen: null, value: 2, low: 1, high: 4 });
});

test("days are named by the day, and without a forecast there is only what was", () => {
  const seen = { firstDay: "2026-12-30", values: [3, 5] };
  const days: Forecast = { ...forecast, perDay: 1, seen, expected: null };
  expect(forecastRows(days).map(({ at, seen: value }) => [at, value])).toEqual([
    ["12-30", 3],
    ["12-31", 5],
  ]);
});
