import { expect, test } from "vitest";
import { classifyMovement, dayPlaces, type MovementFix } from "./movement.ts";

/** A fix every half hour at a distance north of the home, in metres; NaN: none. */
function fixes(metresNorth: readonly number[], change: Partial<MovementFix> = {}): MovementFix[] {
  return metresNorth.map((metres, index) => ({
    atMs: index * 1_800_000,
    latitudeDegrees: 28.9 + metres / 111_195,
    longitudeDegrees: 119.8,
    accuracyMetres: 8,
    isArcing: true,
    ...change,
  }));
}
const at = (metres: number) => Array.from({ length: 8 }, () => metres);
const days = (metres: readonly number[][], change: Partial<MovementFix> = {}) =>
  metres.map((track, index) => ({
    day: `2026-03-${String(index + 1).padStart(2, "0")}`,
    places: dayPlaces(fixes(track, change)),
  }));

test("jumps of the receiver and fixes that admit a large error make no place", () => {
  expect(dayPlaces(fixes([0, 5, -8, 4000, 3, 2, 900, -2500, 6, 1]))).toHaveLength(1);
  expect(dayPlaces(fixes(at(4000), { accuracyMetres: 300 }))).toEqual([]);
});

test("a stay at another site is a place of its own, its centre the median", () => {
  const places = dayPlaces(fixes([...at(0), ...at(3000), 3100]));
  expect(places).toHaveLength(2);
  expect(places[1]!.latitudeDegrees).toBeCloseTo(28.9 + 3000 / 111_195, 6);
});

test("a machine that goes from site to site is mobile, with its places and distances", () => {
  const found = classifyMovement(days([at(0), at(3000), at(0), at(7000)]));
  expect(found).toMatchObject({ isMobile: true, moves: 3, farthestMetres: 7000, days: 4 });
  expect(found.workPlaces.map((place) => place.days)).toEqual([2, 1, 1]);
});

test.each([
  ["stays", [at(0), at(40), at(-60), at(0)]],
  ["is moved house once", [at(0), at(0), at(3000), at(3000)]],
])("a machine that %s is fixed", (_name, tracks) => {
  expect(classifyMovement(days(tracks)).isMobile).toBe(false);
});

test("a machine that is away without welding there is fixed", () => {
  const home = days([at(0), at(0), at(0), at(0), at(0)]);
  home[2] = { day: "2026-03-03", places: dayPlaces(fixes(at(5000), { isArcing: false })) };
  expect(classifyMovement(home)).toMatchObject({ isMobile: false, moves: 0 });
});

test("two days are too few to say", () => {
  expect(classifyMovement(days([at(0), at(3000)])).isMobile).toBeNull();
});
