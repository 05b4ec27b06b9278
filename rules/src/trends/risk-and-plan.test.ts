import fc from "fast-check";
import { expect, test } from "vitest";
import { planInspections, visitsADay } from "./inspection-plan.ts";
import { tallyInspections } from "./inspection-tally.ts";
import { type RiskFigures, riskFactors, riskFactorTitles, riskScore, riskWeights } from "./risk-score.ts";

const nothing = Object.fromEntries(riskFactors.map((factor) => [factor, 0])) as RiskFigures;
const anyFigures = fc.record(
  Object.fromEntries(riskFactors.map((factor) => [factor, fc.nat({ max: 5_000 })])),
) as fc.Arbitrary<RiskFigures>;
const means = { staff: 2, days: 2, hoursADay: 7, hoursAVisit: 2, hoursToRegion: 1, hoursBetween: 0.5 };

test("every factor has a title and a unit, and all points together are a hundred", () => {
  for (const { title, unit } of Object.values(riskFactorTitles)) {
    for (const text of [title.zh, title.en, unit.zh, unit.en]) expect(text).not.toBe("");
  }
  expect(Object.values(riskWeights.weights).reduce((sum, { points }) => sum + points, 0)).toBe(100);
});

test("a firm without anything has no risk; at its half a factor gives half of its points", () => {
  expect(riskScore(nothing).score).toBe(0);
  for (const factor of riskFactors) {
    const { points, halfAt } = riskWeights.weights[factor];
    expect(riskScore({ ...nothing, [factor]: halfAt })).toMatchObject({
      score: points / 2,
      parts: expect.arrayContaining([{ factor, seen: halfAt, points: points / 2, most: points }]),
    });
  }
});

test("the parts are the score, the greatest first, and more of anything never lowers it", () => {
  fc.assert(
    fc.property(
      anyFigures,
      fc.constantFrom(...riskFactors),
      fc.nat({ max: 100 }),
      (figures, factor, more) => {
        const { score, parts } = riskScore(figures);
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 9);
        expect(parts.map(({ points }) => points)).toEqual(
          parts.map(({ points }) => points).toSorted((one, other) => other - one),
        );
        expect(score).toBeLessThanOrEqual(100);
        const raised = riskScore({ ...figures, [factor]: figures[factor] + more });
        expect(raised.score).toBeGreaterThanOrEqual(score - 1e-9);
      },
    ),
  );
});

test("a day has as many visits as its hours hold", () => {
  expect(visitsADay(means)).toBe(2);
  expect(visitsADay({ ...means, hoursADay: 8 })).toBe(3);
  expect(visitsADay({ ...means, hoursADay: 1 })).toBe(0);
});

test("people go where most risk is left, together in one region", () => {
  const candidates = [
    { id: "a", region: "east", score: 90 },
    { id: "b", region: "west", score: 60 },
    { id: "c", region: "west", score: 50 },
    { id: "d", region: "west", score: 5 },
  ];
  expect(planInspections(candidates, { ...means, staff: 1 })).toEqual([
    { id: "b", region: "west", day: 1, person: 1, turn: 1 },
    { id: "c", region: "west", day: 1, person: 1, turn: 2 },
    { id: "a", region: "east", day: 2, person: 1, turn: 1 },
  ]);
  expect(planInspections(candidates, { ...means, hoursADay: 2 })).toEqual([]);
});

const anyCandidates = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,4}$/),
    region: fc.constantFrom("1", "2", "3", "4"),
    score: fc.integer({ min: 0, max: 100 }),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
);

test("of any firms: nobody twice, no person-day over its hours or in two regions; one more person never sees less", () => {
  fc.assert(
    fc.property(
      anyCandidates,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      (candidates, staff, days) => {
        const visits = planInspections(candidates, { ...means, staff, days });
        expect(new Set(visits.map(({ id }) => id)).size).toBe(visits.length);
        const byPersonDay = Map.groupBy(visits, ({ day, person }) => `${day} ${person}`);
        for (const own of byPersonDay.values()) {
          expect(own.length).toBeLessThanOrEqual(visitsADay(means));
          expect(new Set(own.map(({ region }) => region)).size).toBe(1);
        }
        expect(byPersonDay.size).toBeLessThanOrEqual(staff * days);
        const scores = new Map(candidates.map(({ id, score }) => [id, score]));
        const total = (some: typeof visits) => some.reduce((sum, { id }) => sum + scores.get(id)!, 0);
        const more = planInspections(candidates, { ...means, staff: staff + 1, days });
        expect(total(more)).toBeGreaterThanOrEqual(total(visits));
        expect(planInspections(candidates.toReversed(), { ...means, staff, days })).toEqual(visits);
      },
    ),
    { numRuns: 200 },
  );
});

test("results are counted by version and band, and change nothing", () => {
  const before = structuredClone(riskWeights);
  const result = (score: number, finding: "found" | "nothing" | "not-done", weightsVersion = "1") => ({
    weightsVersion,
    score,
    finding,
  });
  expect(
    tallyInspections([
      result(85, "found"),
      result(100, "nothing"),
      result(19.9, "nothing"),
      result(20, "not-done"),
      result(20, "found", "0"),
    ]),
  ).toEqual([
    { weightsVersion: "0", fromScore: 20, found: 1, nothing: 0, notDone: 0 },
    { weightsVersion: "1", fromScore: 0, found: 0, nothing: 1, notDone: 0 },
    { weightsVersion: "1", fromScore: 20, found: 0, nothing: 0, notDone: 1 },
    { weightsVersion: "1", fromScore: 80, found: 1, nothing: 1, notDone: 0 },
  ]);
  expect(riskWeights).toEqual(before);
});
