import { expect, test } from "vitest";
import { lengthMetres, lengthText, metresBetween } from "./line-length.ts";

test("a degree along a meridian is 111.195 km, along the 60th parallel half of it", () => {
  expect(metresBetween([119.8, 28], [119.8, 29])).toBeCloseTo(111_195.08, 1);
  expect(metresBetween([0, 60], [0.01, 60]) / metresBetween([0, 0], [0.01, 0])).toBeCloseTo(0.5, 5);
  expect(metresBetween([0, 90], [170, 90])).toBeCloseTo(0, 5);
  expect(metresBetween([0, 0], [180, 0])).toBeCloseTo(Math.PI * 6_371_008.8, 0);
});

test("a line is as long as its parts; a point and nothing have no length", () => {
  const there = [119.8, 28.91] as const;
  expect(lengthMetres([[119.8, 28.9], there, [119.8, 28.9]])).toBeCloseTo(
    2 * metresBetween([119.8, 28.9], there),
    6,
  );
  expect(lengthMetres([there])).toBe(0);
  expect(lengthMetres([])).toBe(0);
});

test("lengths are said in metres, from a kilometre on in kilometres", () => {
  expect([0, 12.4, 999.4, 1_000, 12_345].map(lengthText)).toEqual([
    "0 m",
    "12 m",
    "999 m",
    "1.00 km",
    "12.35 km",
  ]);
});
