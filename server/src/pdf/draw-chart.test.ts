import { expect, test } from "vitest";
import { chartHeightMm, topOf } from "./draw-chart.ts";

test("the axis ends at a round number not below the largest value", () => {
  expect([[], [3], [4.5], [10], [11], [41], [96, null], [1_234]].map((values) => topOf(values))).toEqual([
    4, 4, 6, 10, 20, 60, 100, 2_000,
  ]);
});

test("bars take their room by labels and series", () => {
  const one = { kind: "bars" as const, labels: ["甲"], series: [{ name: "作业", values: [1] }] };
  const two = { ...one, labels: ["甲", "乙"] };
  const both = { ...one, series: [...one.series, { name: "预警", values: [2] }] };
  expect(chartHeightMm(two) - chartHeightMm(one)).toBeCloseTo(5);
  expect(chartHeightMm(both) - chartHeightMm(one)).toBeCloseTo(3.2);
});
