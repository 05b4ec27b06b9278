import fc from "fast-check";
import { expect, test } from "vitest";
import { leastSquaresSlope, median, percentile, rounded, summarise } from "./statistics.ts";

test("percentiles are by nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0.5, 0.99, 1, 0].map((share) => percentile(hundred, share))).toStrictEqual([50, 99, 100, 1]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test("a summary does not depend on the order and its percentiles never fall", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
      const summary = summarise(values);
      expect(summarise(values.toReversed())).toStrictEqual(summary);
      expect(summary.p50).toBeLessThanOrEqual(summary.p90);
      expect(summary.p90).toBeLessThanOrEqual(summary.p99);
      expect(summary.p99).toBeLessThanOrEqual(summary.max);
    }),
  );
});

test("the median of an even number of values is the lower middle one", () => {
  expect(median([4, 1, 3, 2])).toBe(2);
});

test("rounding keeps whole thousands and four digits below", () => {
  expect([12_345.6, 1.23456, 0.000_123_456, 0, 1000].map(rounded)).toStrictEqual([
    12_346, 1.235, 0.000_123_5, 0, 1000,
  ]);
});

test("a slope is that of the line nearest to all points", () => {
  expect(
    leastSquaresSlope([
      [0, 5],
      [1, 7],
      [2, 9],
    ]),
  ).toBeCloseTo(2);
  expect(
    leastSquaresSlope([
      [0, 1],
      [1, 0],
      [2, 1],
    ]),
  ).toBeCloseTo(0);
  expect(leastSquaresSlope([[3, 1]])).toBeNaN();
});
