import fc from "fast-check";
import { expect, test } from "vitest";
import { conflictLimits, otherWorkKinds } from "./incompatible-work.ts";
import { hotWorkRegimes } from "./regime.ts";
import { heightOfFloor, mostConflictMetres, type PlacedWork, workConflict } from "./work-conflict.ts";

const START_MS = 1_790_000_000_000;

/** Within some 60 m of each other, so that about every limit is crossed. */
const work: fc.Arbitrary<PlacedWork> = fc
  .record({
    work: fc.oneof(
      fc.record({ kind: fc.constant("hot-work" as const), regime: fc.constantFrom(...hotWorkRegimes) }),
      fc.record({ kind: fc.constantFrom(...otherWorkKinds) }),
    ),
    firmId: fc.constantFrom("a", "b"),
    place: fc.record({
      latitudeDegrees: fc.double({ min: 28.9, max: 28.9005, noNaN: true }),
      longitudeDegrees: fc.double({ min: 119.8, max: 119.8005, noNaN: true }),
      accuracyMetres: fc.double({ min: 0, max: 100, noNaN: true }),
    }),
    extentMetres: fc.constantFrom(0, 0, 5, 40),
    floor: fc.constantFrom(null, "B2", "B1", "1", "2", "12", "R"),
    heightMetres: fc.option(fc.double({ min: -20, max: 60, noNaN: true })),
    fromMs: fc.integer({ min: START_MS, max: START_MS + 1000 }),
    toMs: fc.option(fc.integer({ min: START_MS + 100, max: START_MS + 2000 })),
  })
  .filter(({ fromMs, toMs }) => toMs === null || fromMs < toMs);

test("a conflict is the same from both sides, within its limit and while both go on", () => {
  let found = 0;
  fc.assert(
    fc.property(work, work, (one, other) => {
      const conflict = workConflict(one, other);
      expect(workConflict(other, one)).toEqual(conflict);
      if (!conflict) return;
      found++;
      expect(conflict.horizontalMetres).toBeLessThanOrEqual(mostConflictMetres);
      expect(conflict.verticalMetres ?? 0).toBeLessThanOrEqual(conflict.limitMetres);
      expect(conflict.isSure).toBe(conflict.horizontalMetres <= conflict.limitMetres);
      for (const { fromMs, toMs } of [one, other]) {
        expect(conflict.fromMs).toBeGreaterThanOrEqual(fromMs);
        if (toMs !== null) expect(conflict.toMs).toBeLessThanOrEqual(toMs);
      }
    }),
    { numRuns: 3_000, seed: 7 },
  );
  expect(found).toBeGreaterThan(100);
});

test("a work that comes nearer, lasts longer or is known less surely conflicts all the more", () => {
  fc.assert(
    fc.property(work, work, (one, other) => {
      if (!workConflict(one, other)) return;
      const { latitudeDegrees, longitudeDegrees } = one.place;
      expect(
        workConflict(one, { ...other, place: { ...other.place, latitudeDegrees, longitudeDegrees } }),
      ).not.toBeNull();
      expect(workConflict(one, { ...other, toMs: null })).not.toBeNull();
      expect(workConflict(one, { ...other, floor: null, heightMetres: null })).not.toBeNull();
    }),
    { numRuns: 3_000, seed: 8 },
  );
});

test("what the platform says by itself is marked so, and abroad nothing is said", () => {
  for (const regime of ["us-osha", "us-nfpa", "uk-joint-code"] as const)
    expect(conflictLimits(regime)).toEqual([]);
  const ofLaw = conflictLimits("chemical").filter(({ clause }) => clause.kind === "law");
  expect(ofLaw.map(({ kind }) => kind)).toEqual(otherWorkKinds.slice(0, 5));
  const own = conflictLimits("chemical").filter(({ clause }) => clause.kind === "policy");
  expect(own.map(({ kind, clause }) => [kind, clause.verified])).toEqual([
    ["flammable-line-opening", false],
    ["foam-insulation", false],
    ["hot-work", false],
  ]);
});

test.each([
  ["1", 0],
  ["2", 3],
  ["12", 33],
  ["12A", 33],
  ["B1", -3],
  ["-2", -6],
  ["3F", 6],
  ["F3", 6],
  ["4楼", 9],
  ["R", undefined],
  ["M1", undefined],
  ["夹层", undefined],
  [null, undefined],
])("floor %s is %s m above the ground", (floor, metres) => {
  expect(heightOfFloor(floor)).toBe(metres);
});
