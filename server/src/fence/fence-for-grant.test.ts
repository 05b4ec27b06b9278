import { MAX_FENCE_VERTICES, METRES_PER_DEGREE, metresInsideFence } from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AreaIndex } from "./area-index.ts";
import { fenceForGrant, GRANT_FENCE_TOLERANCE_METRES } from "./fence-for-grant.ts";
import type { FenceShape, LonLat } from "./fence-shape.ts";
import { type PlanePoint, simplifyRing } from "./simplify-ring.ts";

const EAST = METRES_PER_DEGREE * Math.cos((28.9 * Math.PI) / 180);
const at = (x: number, y: number): LonLat => [119.8 + x / EAST, 28.9 + y / METRES_PER_DEGREE];
const machineAt = (x: number, y: number) => ({
  longitudeDegrees: at(x, y)[0]!,
  latitudeDegrees: at(x, y)[1]!,
});
const polygons = (...rings: LonLat[][]): FenceShape => ({ kind: "polygons", polygons: [rings] });
const square = (half: number, x = 0, y = 0): LonLat[] =>
  [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
    [-half, -half],
  ].map(([dx, dy]) => at(x + dx!, y + dy!));

/** A star never crosses itself; its bays and spurs are deep. */
const star = fc.array(fc.integer({ min: 30, max: 400 }), { minLength: 3, maxLength: 120 }).map((radii) =>
  radii.map((radius, index): PlanePoint => {
    const angle = (2 * Math.PI * index) / radii.length;
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  }),
);

function crossings(ring: readonly PlanePoint[]): number {
  const side = (a: PlanePoint, b: PlanePoint, c: PlanePoint) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  let found = 0;
  for (let one = 0; one < ring.length; one++) {
    for (let other = one + 2; other < ring.length; other++) {
      if (one === 0 && other === ring.length - 1) continue;
      const [a, b] = [ring[one]!, ring[one + 1]!];
      const [c, d] = [ring[other]!, ring[(other + 1) % ring.length]!];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) found++;
    }
  }
  return found;
}

describe("a ring with fewer corners", () => {
  test("has few enough, does not cross itself and nowhere reaches beyond the tolerance", () => {
    fc.assert(
      fc.property(star, fc.integer({ min: 3, max: 40 }), (ring, most) => {
        const simple = simplifyRing(ring, most, 15);
        expect(simple.length).toBeLessThanOrEqual(Math.max(3, most));
        expect(crossings(simple)).toBe(0);
        const original = new AreaIndex([{ key: "area", shape: polygons(ring.map(([x, y]) => at(x, y))) }]);
        for (const [index, [x, y]] of simple.entries()) {
          const [nextX, nextY] = simple[(index + 1) % simple.length]!;
          for (let part = 0; part < 10; part++) {
            const [longitude, latitude] = at(x + ((nextX - x) * part) / 10, y + ((nextY - y) * part) / 10);
            expect(original.metresInside("area", latitude!, longitude!)).toBeGreaterThan(-15.1);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is the same where it has few enough already", () => {
    const ring: PlanePoint[] = [
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ];
    expect(simplifyRing(ring, 24, 15)).toEqual(ring);
  });
});

describe("the fence of a grant", () => {
  test("a circle stays a circle", () => {
    const shape = {
      kind: "circle",
      latitudeDegrees: 28.9,
      longitudeDegrees: 119.8,
      radiusMetres: 150,
    } as const;
    expect(fenceForGrant(shape, machineAt(50, 0))).toEqual({
      kind: "circle",
      latitudeE7: 289_000_000,
      longitudeE7: 1_198_000_000,
      radiusMetres: 150,
    });
  });

  test("a block stays as it is", () => {
    const fence = fenceForGrant(polygons(square(100)), machineAt(50, 0));
    expect(fence.kind === "polygon" && fence.vertices).toHaveLength(4);
    expect(metresInsideFence(fence, 289_000_000, 1_198_000_000)).toBeCloseTo(100, 0);
  });

  test("of several parts it is the one with the machine in it", () => {
    const shape: FenceShape = { kind: "polygons", polygons: [[square(100)], [square(50, 1000)]] };
    const fence = fenceForGrant(shape, machineAt(1000, 0));
    const [longitude, latitude] = at(1000, 0);
    expect(metresInsideFence(fence, latitude! * 1e7, longitude! * 1e7)).toBeCloseTo(50, 0);
    expect(metresInsideFence(fence, 289_000_000, 1_198_000_000)).toBeLessThan(-800);
  });

  test("around a court it is the circle that fits beside it; a narrow shaft may be filled", () => {
    const court = fenceForGrant(polygons(square(200), square(100)), machineAt(150, 0));
    expect(court).toMatchObject({ kind: "circle", radiusMetres: 50 + GRANT_FENCE_TOLERANCE_METRES });
    expect(fenceForGrant(polygons(square(200), square(10)), machineAt(150, 0)).kind).toBe("polygon");
  });

  test("is small enough for the wire, holds the machine and never lets it far beyond the area", () => {
    let polygonsSeen = 0;
    fc.assert(
      fc.property(
        star,
        fc.integer({ min: 0, max: 119 }),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        (ring, spoke, share) => {
          const [x, y] = ring[spoke % ring.length]!;
          const machine = machineAt(x * share, y * share);
          const shape = polygons(ring.map(([east, north]) => at(east, north)));
          const area = new AreaIndex([{ key: "area", shape }]);
          const fence = fenceForGrant(shape, machine);
          if (fence.kind === "polygon") {
            polygonsSeen++;
            expect(fence.vertices.length).toBeLessThanOrEqual(MAX_FENCE_VERTICES);
          }
          const { latitudeDegrees, longitudeDegrees } = machine;
          expect(metresInsideFence(fence, latitudeDegrees * 1e7, longitudeDegrees * 1e7)).toBeGreaterThan(
            -0.5,
          );
          // Wherever the fence says inside, the area is not farther than the tolerance.
          for (let east = -420; east <= 420; east += 60) {
            for (let north = -420; north <= 420; north += 60) {
              const [longitude, latitude] = at(east, north);
              if (metresInsideFence(fence, latitude! * 1e7, longitude! * 1e7) <= 0) continue;
              const limit = fence.kind === "polygon" ? GRANT_FENCE_TOLERANCE_METRES : 20;
              expect(area.metresInside("area", latitude!, longitude!)).toBeGreaterThan(-limit - 0.5);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(polygonsSeen).toBeGreaterThan(50);
  });
});
