import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type PlacedWork, workConflict } from "../src/index.ts";
import { workConflictVectors } from "./work-conflict-vectors.ts";

interface Vector {
  name: string;
  one: PlacedWork;
  other: PlacedWork;
  conflict: { isSure: boolean; kind: string } | null;
}
const committed: { cases: Vector[] } = JSON.parse(
  readFileSync(new URL("work-conflicts.json", import.meta.url), "utf8"),
);
const conflictOf = (name: string) => committed.cases.find((one) => one.name === name)!.conflict;

test("the committed vectors are those the rule gives", () => {
  expect(JSON.parse(JSON.stringify(workConflictVectors()))).toEqual(committed);
  for (const { one, other, conflict } of committed.cases) {
    expect(workConflict(one, other) === null).toBe(conflict === null);
  }
});

/** The distances as the law pack and the platform write them, typed again here. */
test.each([
  ["combustible-gas-discharge", 30],
  ["combustible-liquid-discharge", 15],
  ["leak-capable-equipment", 15],
  ["solvent-cleaning-or-painting", 10],
  ["dust-sweeping", 10],
  ["flammable-line-opening", 15],
  ["foam-insulation", 10],
  ["hot-work", 10],
])("%s conflicts within %d m, the distance itself included, on the ground and in height", (kind, metres) => {
  for (const where of ["away", "below"]) {
    expect(conflictOf(`${kind}: ${metres - 0.01} m ${where}`)).toMatchObject({ kind, isSure: true });
    expect(conflictOf(`${kind}: ${metres} m ${where}`)).toMatchObject({ kind, isSure: true });
    expect(conflictOf(`${kind}: ${metres + 0.01} m ${where}`)).toBeNull();
  }
  expect(conflictOf(`${kind}: beyond by its point, within by the fix's error`)).toMatchObject({
    isSure: false,
  });
  expect(conflictOf(`${kind}: beyond with the fix's error`)).toBeNull();
  expect(conflictOf(`${kind}: a fix that says nothing counts as 20 m`)).toBeNull();
  expect(conflictOf(`${kind}: takes up 50 m around and reaches to the limit`)).toMatchObject({
    isSure: true,
  });
  expect(conflictOf(`${kind}: takes up 50 m around and ends before the limit`)).toBeNull();
  expect(conflictOf(`${kind}: one floor below`)).not.toBeNull();
  expect(conflictOf(`${kind}: eleven floors above`)).toBeNull();
  expect(conflictOf(`${kind}: nobody said which floor`)).not.toBeNull();
  expect(conflictOf(`${kind}: begins as the other ends`)).toBeNull();
  expect(conflictOf(`${kind}: begins a millisecond before the other ends`)).not.toBeNull();
  expect(conflictOf(`${kind}: is done by the same firm`) === null).toBe(kind === "hot-work");
});
