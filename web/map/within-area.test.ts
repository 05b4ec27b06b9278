import { expect, test } from "vitest";
import { isWithinArea } from "./within-area.ts";

const square = (west: number, side: number): [number, number][] => [
  [west, west],
  [west + side, west],
  [west + side, west + side],
  [west, west + side],
  [west, west],
];
const at = (degrees: number) => ({ longitudeDegrees: degrees, latitudeDegrees: degrees });

test("a place in a hole, or beyond the outline, is not within the area", () => {
  const court = { type: "Polygon" as const, coordinates: [square(0, 9), square(3, 2)] };
  expect([1, 4, 10].map((degrees) => isWithinArea(court, at(degrees)))).toEqual([true, false, false]);
});

test("one of several parts is enough", () => {
  const parts = { type: "MultiPolygon" as const, coordinates: [[square(0, 1)], [square(5, 1)]] };
  expect([0.5, 3, 5.5].map((degrees) => isWithinArea(parts, at(degrees)))).toEqual([true, false, true]);
});
