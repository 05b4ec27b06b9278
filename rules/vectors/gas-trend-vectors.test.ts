import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type GasSample, gasTrend } from "../src/index.ts";

type Range = [number, number];
const { cases }: { cases: TrendCase[] } = JSON.parse(
  readFileSync(new URL("gas-trend.json", import.meta.url), "utf8"),
);
interface TrendCase {
  name: string;
  nowMs: number;
  warningPermille: number;
  samples: GasSample[];
  expected: { isRising: boolean; permillePerMinute: Range; minutesToWarning: Range | null } | null;
}

const expectWithin = (value: number | null | undefined, [least, most]: Range) => {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
};

describe("the trend of gas", () => {
  test.each(cases)("$name", ({ nowMs, warningPermille, samples, expected }) => {
    const trend = gasTrend(samples, { nowMs, warningPermille });
    // In whatever order they came.
    expect(gasTrend(samples.toReversed(), { nowMs, warningPermille })).toEqual(trend);
    if (!expected) {
      expect(trend).toBeNull();
      return;
    }
    expect(trend?.isRising).toBe(expected.isRising);
    expectWithin(trend?.permillePerMinute, expected.permillePerMinute);
    if (expected.minutesToWarning === null) expect(trend?.minutesToWarning).toBeNull();
    else expectWithin(trend?.minutesToWarning, expected.minutesToWarning);
  });
});
