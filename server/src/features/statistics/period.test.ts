import { expect, test } from "vitest";
import { pointsOf, previousPeriod, splitMonths } from "./period.ts";

test("before whole months come as many whole months, before other days as many days", () => {
  expect(previousPeriod({ from: "2026-03-01", to: "2026-03-31" })).toEqual({
    from: "2026-02-01",
    to: "2026-02-28",
  });
  expect(previousPeriod({ from: "2026-01-01", to: "2026-12-31" })).toEqual({
    from: "2025-01-01",
    to: "2025-12-31",
  });
  expect(previousPeriod({ from: "2026-03-02", to: "2026-03-08" })).toEqual({
    from: "2026-02-23",
    to: "2026-03-01",
  });
});

test("a period is its whole months with the days around them", () => {
  expect(splitMonths({ from: "2025-12-30", to: "2026-03-02" })).toEqual({
    months: { from: "2026-01-01", to: "2026-02-28" },
    days: [
      { from: "2025-12-30", to: "2025-12-31" },
      { from: "2026-03-01", to: "2026-03-02" },
    ],
  });
  expect(splitMonths({ from: "2026-02-02", to: "2026-03-30" })).toEqual({
    months: undefined,
    days: [{ from: "2026-02-02", to: "2026-03-30" }],
  });
  expect(splitMonths({ from: "2024-02-01", to: "2024-02-29" })).toEqual({
    months: { from: "2024-02-01", to: "2024-02-29" },
    days: [],
  });
});

test("points of time follow each other over the turn of a year", () => {
  expect(pointsOf({ from: "2025-11-30", to: "2026-02-01" }, "month")).toEqual([
    "2025-11",
    "2025-12",
    "2026-01",
    "2026-02",
  ]);
  expect(pointsOf({ from: "2025-12-31", to: "2026-01-01" }, "day")).toEqual(["2025-12-31", "2026-01-01"]);
  const minutes = pointsOf({ from: "2026-03-01", to: "2026-03-02" }, "minute");
  expect([minutes.length, minutes[0], minutes.at(-1)]).toEqual([
    2_880,
    "2026-03-01T00:00",
    "2026-03-02T23:59",
  ]);
});
