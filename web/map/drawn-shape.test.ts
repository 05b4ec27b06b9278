import { expect, test } from "vitest";
import { circleOfRing, type DrawnRing, ringsOfArea, shapeOfRings } from "./drawn-shape.ts";

const square = (east: number, side: number): [number, number][] => [
  [east, 0],
  [east + side, 0],
  [east + side, side],
  [east, side],
  [east, 0],
];
const polygon = (ring: [number, number][]): DrawnRing => ({ role: "polygon", ring });
const hole = (ring: [number, number][]): DrawnRing => ({ role: "hole", ring });

test("holes alone are no shape; an outline with a hole is one polygon", () => {
  expect(shapeOfRings([hole(square(0, 1))])).toBeUndefined();
  const inner: [number, number][] = square(1, 1).map(([east, north]) => [east, north + 1]);
  expect(shapeOfRings([hole(inner), polygon(square(0, 9))])).toEqual({
    type: "polygon",
    geometry: { type: "Polygon", coordinates: [square(0, 9), inner] },
  });
});

test("a hole goes into the outline around it, also when that is the second", () => {
  const inner: [number, number][] = square(21, 1).map(([east, north]) => [east, north + 1]);
  expect(shapeOfRings([polygon(square(0, 9)), polygon(square(20, 9)), hole(inner)])).toMatchObject({
    geometry: { type: "MultiPolygon", coordinates: [[square(0, 9)], [square(20, 9), inner]] },
  });
});

test("a circle alone stays one; with a hole it is a polygon", () => {
  const ring: [number, number][] = Array.from({ length: 65 }, (_, side) => {
    const angle = (2 * Math.PI * side) / 64;
    return [119.8 + 0.001 * Math.cos(angle), 28.9 + 0.001 * Math.sin(angle)];
  });
  const circle: DrawnRing = { role: "circle", ring };
  const shape = shapeOfRings([circle]);
  expect(shape).toMatchObject({ type: "circle", circle: { centre: [119.8, 28.9] } });
  expect(circleOfRing(ring).radiusMetres).toBeCloseTo(111.2, 1);
  expect(shapeOfRings([circle, hole(square(119.8, 0.0001))])).toMatchObject({ type: "polygon" });
});

test("the rings of a kept area make the same area again", () => {
  const geometry = { type: "Polygon" as const, coordinates: [square(0, 9), square(1, 1)] };
  const rings = ringsOfArea(geometry, null);
  expect(rings.map(({ role }) => role)).toEqual(["polygon", "hole"]);
  expect(shapeOfRings(rings)).toEqual({ type: "polygon", geometry });
});
