import { METRES_PER_DEGREE, metresInsideFence } from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AreaIndex } from "./area-index.ts";
import type { FenceArea, FenceShape, LonLat } from "./fence-shape.ts";

const ORIGIN = { latitude: 28.9, longitude: 119.8 };
const EAST = METRES_PER_DEGREE * Math.cos((ORIGIN.latitude * Math.PI) / 180);

const at = (eastMetres: number, northMetres: number): LonLat => [
  ORIGIN.longitude + eastMetres / EAST,
  ORIGIN.latitude + northMetres / METRES_PER_DEGREE,
];

/** A star around a place: never crosses itself, with as many corners in as out. */
const star = fc
  .record({
    east: fc.integer({ min: -700, max: 700 }),
    north: fc.integer({ min: -700, max: 700 }),
    radii: fc.array(fc.integer({ min: 20, max: 400 }), { minLength: 3, maxLength: 60 }),
  })
  .map(({ east, north, radii }) => {
    const ring = radii.map((radius, index) => {
      const angle = (2 * Math.PI * index) / radii.length;
      return at(east + radius * Math.sin(angle), north + radius * Math.cos(angle));
    });
    return [...ring, ring[0]!];
  });
/** With a square hole in its middle, smaller than the star's smallest radius. */
const holed = fc
  .tuple(fc.integer({ min: -700, max: 700 }), fc.integer({ min: -700, max: 700 }))
  .map(([east, north]) => {
    const square = (half: number) =>
      [
        [-half, -half],
        [half, -half],
        [half, half],
        [-half, half],
        [-half, -half],
      ].map(([x, y]) => at(east + x!, north + y!));
    return [square(120), square(40)];
  });
const circle = fc
  .record({
    east: fc.integer({ min: -700, max: 700 }),
    north: fc.integer({ min: -700, max: 700 }),
    radiusMetres: fc.integer({ min: 10, max: 500 }),
  })
  .map(({ east, north, radiusMetres }): FenceShape => {
    const [longitudeDegrees, latitudeDegrees] = at(east, north) as [number, number];
    return { kind: "circle", longitudeDegrees, latitudeDegrees, radiusMetres };
  });
const shape: fc.Arbitrary<FenceShape> = fc.oneof(
  star.map((ring): FenceShape => ({ kind: "polygons", polygons: [[ring]] })),
  holed.map((polygon): FenceShape => ({ kind: "polygons", polygons: [polygon] })),
  circle,
);
const place = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }));

/** The slow way, in other words: the protocol's own measure over every ring of every area. */
function slowMetresInside(shape: FenceShape, latitude: number, longitude: number): number {
  const e7 = (degrees: number) => degrees * 1e7;
  if (shape.kind === "circle") {
    const fence = {
      kind: "circle" as const,
      latitudeE7: e7(shape.latitudeDegrees),
      longitudeE7: e7(shape.longitudeDegrees),
      radiusMetres: shape.radiusMetres,
    };
    return metresInsideFence(fence, e7(latitude), e7(longitude));
  }
  const rings = shape.polygons
    .flat()
    .map((ring) =>
      metresInsideFence(
        { kind: "polygon", vertices: ring.map(([x, y]) => ({ longitudeE7: e7(x!), latitudeE7: e7(y!) })) },
        e7(latitude),
        e7(longitude),
      ),
    );
  const isInside = rings.filter((metres) => metres > 0).length % 2 === 1;
  const nearest = Math.min(...rings.map(Math.abs));
  return isInside ? nearest : -nearest;
}

const areasOf = (shapes: readonly FenceShape[]): FenceArea[] =>
  shapes.map((each, index) => ({ key: `area-${index}`, shape: each }));

describe("the area index", () => {
  test("measures every area as the slow way does", () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 8 }), place, (shapes, [east, north]) => {
        const index = new AreaIndex(areasOf(shapes));
        const [longitude, latitude] = at(east, north) as [number, number];
        for (const [number, each] of shapes.entries()) {
          const slow = slowMetresInside(each, latitude, longitude);
          const fast = index.metresInside(`area-${number}`, latitude, longitude)!;
          // Each is flat around another place: a thousandth of the distance, and never another side but at the edge.
          expect(Math.abs(fast - slow)).toBeLessThan(0.05 + 0.002 * Math.abs(slow));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("finds exactly the areas whose edge is within reach, those around the place included", () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 30 }),
        place,
        fc.integer({ min: 1, max: 300 }),
        (shapes, [east, north], accuracy) => {
          const index = new AreaIndex(areasOf(shapes));
          const [longitude, latitude] = at(east, north) as [number, number];
          const checks = new Map(index.check(latitude, longitude, accuracy).map((one) => [one.key, one]));
          for (const [number, each] of shapes.entries()) {
            const slow = slowMetresInside(each, latitude, longitude);
            const doubt = 0.05 + 0.002 * Math.abs(slow);
            const check = checks.get(`area-${number}`);
            if (slow >= accuracy + doubt) expect(check?.verdict).toBe("inside");
            else if (slow < -accuracy - doubt) expect(check).toBeUndefined();
            else if (Math.abs(slow) < accuracy - doubt) expect(check?.verdict).toBe("unsure");
            if (check) found++;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test("knows the court of a hospital from the hospital", () => {
    const ring = (half: number) =>
      [
        [-half, -half],
        [half, -half],
        [half, half],
        [-half, half],
        [-half, -half],
      ].map(([x, y]) => at(x!, y!));
    const index = new AreaIndex([
      { key: "hospital", shape: { kind: "polygons", polygons: [[ring(200), ring(100)]] } },
    ]);
    const [inCourt, inBuilding] = [at(0, 0), at(150, 0)] as [number, number][];
    expect(index.check(inCourt![1]!, inCourt![0]!, 10)).toEqual([]);
    expect(index.check(inBuilding![1]!, inBuilding![0]!, 10)).toMatchObject([
      { key: "hospital", verdict: "inside" },
    ]);
    expect(index.metresInside("hospital", inCourt![1]!, inCourt![0]!)).toBeCloseTo(-100, 0);
  });

  test("an area of thousands of vertices is measured like its circle", () => {
    const ring = Array.from({ length: 5000 }, (_, index) => {
      const angle = (2 * Math.PI * index) / 5000;
      return at(1000 * Math.sin(angle), 1000 * Math.cos(angle));
    });
    const index = new AreaIndex([{ key: "round", shape: { kind: "polygons", polygons: [[ring]] } }]);
    for (const east of [0, 400, 990, 1010, 1500]) {
      const [longitude, latitude] = at(east, 0) as [number, number];
      expect(index.metresInside("round", latitude, longitude)).toBeCloseTo(1000 - east, 0);
    }
  });

  test("without areas everything is outside", () => {
    const index = new AreaIndex([]);
    expect(index.check(28.9, 119.8, 1000)).toEqual([]);
    expect(index.metresInside("none", 28.9, 119.8)).toBeUndefined();
  });
});
