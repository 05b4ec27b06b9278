import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  backTest,
  type DaySeries,
  type DaysOff,
  forecastWithIntervals,
  type InspectionCandidate,
  type InspectionMeans,
  planInspections,
  type RiskFigures,
  riskScore,
  riskWeights,
  unusualFigure,
  usualRange,
} from "../src/index.ts";

interface Vectors {
  weightsVersion: string;
  risk: { figures: RiskFigures; score: number; first: string }[];
  unusual: { name: string; firstDay: string; values: number[]; range: object | null; told: string | null }[];
  forecast: { series: DaySeries; daysOff: DaysOff; expected: object[]; backTest: object }[];
  plans: { means: InspectionMeans; candidates: InspectionCandidate[]; visits: object[] }[];
}
const vectors: Vectors = JSON.parse(readFileSync(new URL("trends.json", import.meta.url), "utf8"));

const noDaysOff = { holidays: [], workingWeekends: [] };
const rounded = <Value extends object>(value: Value) =>
  Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one === "number" ? Math.round(one * 1e6) / 1e6 : one,
    ]),
  );

test("the vectors are of the weights in force: other weights are another version", () => {
  expect(vectors.weightsVersion).toBe(riskWeights.version);
});

test.each(vectors.risk)("a score is $score, mostly by $first", ({ figures, score, first }) => {
  const judged = riskScore(figures);
  expect(judged.score).toBeCloseTo(score, 6);
  expect(judged.parts[0]!.factor).toBe(first);
});

test.each(vectors.unusual)("$name", ({ firstDay, values, range, told }) => {
  const series = { firstDay, perDay: 1, values };
  const found = usualRange(series, noDaysOff);
  expect(found && { low: found.low, high: found.high, days: found.days }).toEqual(range);
  expect(unusualFigure(series, noDaysOff)?.direction ?? null).toBe(told);
});

test.each(vectors.forecast)(
  "a week ahead and its back-test",
  ({ series, daysOff, expected, backTest: tested }) => {
    expect(forecastWithIntervals(series, 7, daysOff).map(rounded)).toEqual(expected);
    expect(rounded(backTest(series, 4, daysOff)!)).toEqual(tested);
  },
);

test.each(vectors.plans)("a plan within its means", ({ means, candidates, visits }) => {
  expect(planInspections(candidates, means)).toEqual(visits);
});
