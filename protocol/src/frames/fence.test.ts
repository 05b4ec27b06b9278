import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Fence, metresInsideFence } from "./fence.ts";

const METRES_PER_DEGREE = 111_195;
const WUYI = { latitudeE7: 288_926_000, longitudeE7: 1_198_166_000 };

/** The place `eastMetres` and `northMetres` from another. */
const moved = (from: typeof WUYI, eastMetres: number, northMetres: number): typeof WUYI => ({
  latitudeE7: Math.round(from.latitudeE7 + (northMetres / METRES_PER_DEGREE) * 1e7),
  longitudeE7: Math.round(
    from.longitudeE7 +
      (eastMetres / METRES_PER_DEGREE / Math.cos((from.latitudeE7 / 1e7) * (Math.PI / 180))) * 1e7,
  ),
});
const square = (halfMetres: number, center = WUYI): Fence => ({
  kind: "polygon",
  vertices: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x, y]) => moved(center, x! * halfMetres, y! * halfMetres)),
});
const metres = fc.integer({ min: -3000, max: 3000 });
const center = fc.record({
  latitudeE7: fc.integer({ min: -600_000_000, max: 600_000_000 }),
  longitudeE7: fc.integer({ min: -1_790_000_000, max: 1_790_000_000 }),
});

describe("a circle", () => {
  test("says how far a place is inside or outside, to 0.2 % and a decimetre", () => {
    fc.assert(
      fc.property(
        center,
        fc.integer({ min: 1, max: 5000 }),
        metres,
        metres,
        (at, radiusMetres, east, north) => {
          const place = moved(at, east, north);
          const inside = metresInsideFence(
            { kind: "circle", ...at, radiusMetres },
            place.latitudeE7,
            place.longitudeE7,
          );
          const expected = radiusMetres - Math.hypot(east, north);
          expect(Math.abs(inside - expected)).toBeLessThan(0.1 + Math.hypot(east, north) * 0.002);
        },
      ),
    );
  });

  test("crosses the 180th meridian", () => {
    const fence: Fence = { kind: "circle", latitudeE7: 0, longitudeE7: 1_799_999_000, radiusMetres: 100 };
    expect(metresInsideFence(fence, 0, -1_799_999_000)).toBeCloseTo(100 - 22.24, 1);
  });
});

describe("a polygon", () => {
  test("is as deep inside as the nearest edge is far, and negative outside", () => {
    fc.assert(
      fc.property(metres, metres, (east, north) => {
        const place = moved(WUYI, east, north);
        const inside = metresInsideFence(square(1000), place.latitudeE7, place.longitudeE7);
        const dx = Math.abs(east) - 1000;
        const dy = Math.abs(north) - 1000;
        const expected =
          dx <= 0 && dy <= 0 ? Math.min(-dx, -dy) : -Math.hypot(Math.max(0, dx), Math.max(0, dy));
        expect(Math.abs(inside - expected)).toBeLessThan(0.1 + (Math.abs(east) + Math.abs(north)) * 0.002);
      }),
    );
  });

  test("means the same whichever vertex comes first and whichever way round it runs", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(metres, metres), { minLength: 3, maxLength: 24 }),
        metres,
        metres,
        (points, east, north) => {
          const vertices = points.map(([x, y]) => moved(WUYI, x, y));
          const place = moved(WUYI, east, north);
          const inside = (ring: typeof vertices) =>
            metresInsideFence({ kind: "polygon", vertices: ring }, place.latitudeE7, place.longitudeE7);
          const first = inside(vertices);
          fc.pre(Math.abs(first) > 0.01);
          expect(inside([...vertices.slice(1), vertices[0]!])).toBeCloseTo(first, 6);
          expect(inside(vertices.toReversed())).toBeCloseTo(first, 6);
        },
      ),
    );
  });

  test("a place changes its depth by no more than it moves", () => {
    fc.assert(
      fc.property(
        metres,
        metres,
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -50, max: 50 }),
        (x, y, dx, dy) => {
          const fence = square(1000);
          const [from, to] = [moved(WUYI, x, y), moved(WUYI, x + dx, y + dy)];
          const change =
            metresInsideFence(fence, to.latitudeE7, to.longitudeE7) -
            metresInsideFence(fence, from.latitudeE7, from.longitudeE7);
          expect(Math.abs(change)).toBeLessThanOrEqual(Math.hypot(dx, dy) * 1.01 + 0.2);
        },
      ),
    );
  });

  test("two vertices in one place harm nothing", () => {
    const corner = moved(WUYI, -10, -10);
    const fence: Fence = {
      kind: "polygon",
      vertices: [corner, corner, moved(WUYI, 10, -10), moved(WUYI, 0, 10)],
    };
    expect(metresInsideFence(fence, WUYI.latitudeE7, WUYI.longitudeE7)).toBeGreaterThan(0);
  });
});
