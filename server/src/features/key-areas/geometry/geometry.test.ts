import type { AreaGeometry, DrawnShape } from "@hanyouxu/api";
import { distanceMetres } from "@hanyouxu/rules";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toWgs84 } from "./datum.ts";
import { boxOf, polygonsOf, ringOfCircle, signedArea, squareMetresOf } from "./measure.ts";
import { overlapOf } from "./overlap.ts";
import { type LonLat, meetingOf, type Ring, sideOfRing } from "./planar.ts";
import {
  isShapeProblem,
  MOST_POINTS,
  type ShapeProblem,
  type SoundShape,
  soundShapeOf,
} from "./sound-shape.ts";

/** A place so many thousandths of a degree (about 100 m) from 119.8 E, 28.9 N. */
const at = (east: number, north: number): LonLat => [119.8 + east / 1000, 28.9 + north / 1000];
const ring = (...places: [number, number][]): Ring => places.map(([east, north]) => at(east, north));
const square = (east: number, north: number, side: number): Ring =>
  ring([east, north], [east + side, north], [east + side, north + side], [east, north + side]);
const drawn = (...rings: Ring[]): DrawnShape => ({
  type: "polygon",
  geometry: { type: "Polygon", coordinates: rings },
});
const parts = (...polygons: Ring[][]): DrawnShape => ({
  type: "polygon",
  geometry: { type: "MultiPolygon", coordinates: polygons },
});
const sound = (shape: DrawnShape) => {
  const judged = soundShapeOf(shape);
  if (isShapeProblem(judged)) throw new Error(`${judged.problem} at ${judged.at}`);
  return judged;
};
const problem = (shape: DrawnShape) => soundShapeOf(shape) as ShapeProblem;
const geometry = (...rings: Ring[]): AreaGeometry => sound(drawn(...rings)).geometry;
const metresApart = (a: LonLat, b: LonLat) =>
  distanceMetres(
    { longitudeDegrees: a[0], latitudeDegrees: a[1] },
    { longitudeDegrees: b[0], latitudeDegrees: b[1] },
  );

/** Corners around a centre at growing angles: a polygon that cannot cross itself. */
const star = fc.array(fc.integer({ min: 20, max: 100 }), { minLength: 5, maxLength: 60 }).map((radii) =>
  radii.map((radius, index): LonLat => {
    const angle = (2 * Math.PI * index) / radii.length;
    return at((radius / 10) * Math.cos(angle), (radius / 10) * Math.sin(angle));
  }),
);

describe("a drawn shape", () => {
  test("is kept closed, its outline anticlockwise and its hole clockwise, whichever way they were drawn", () => {
    for (const outline of [square(0, 0, 10), square(0, 0, 10).toReversed()]) {
      for (const hole of [square(2, 2, 3), square(2, 2, 3).toReversed()]) {
        const [rings] = polygonsOf(geometry(outline, hole));
        for (const kept of rings!) expect(kept.at(-1)).toEqual(kept[0]);
        expect(signedArea(rings![0]!)).toBeGreaterThan(0);
        expect(signedArea(rings![1]!)).toBeLessThan(0);
      }
    }
  });

  test("that cannot cross itself is never said to", () => {
    fc.assert(
      fc.property(star, (corners) => !isShapeProblem(soundShapeOf(drawn(corners)))),
      { numRuns: 300 },
    );
  });

  test("with two corners exchanged crosses itself at a place that lies on two of its sides", () => {
    fc.assert(
      fc.property(star, fc.nat(), (corners, which) => {
        const first = which % (corners.length - 2);
        const tangled = [...corners];
        [tangled[first + 1], tangled[first]] = [corners[first]!, corners[first + 1]!];
        const found = problem(drawn(tangled));
        // In a star of few corners the exchange may leave another polygon that is sound.
        fc.pre(isShapeProblem(found));
        expect(found.problem).toBe("crosses-itself");
        const closed = [...tangled, tangled[0]!];
        const near = closed.slice(1).filter((to, index) => {
          const from = closed[index]!;
          const aside = metresApart(from, found.at!) + metresApart(found.at!, to) - metresApart(from, to);
          return aside < 0.05;
        });
        expect(near.length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });

  test("of a bow tie is refused with the place of the knot", () => {
    const bowTie = ring([0, 0], [10, 10], [10, 0], [0, 10]);
    const { problem: what, at: place } = problem(drawn(bowTie));
    expect(what).toBe("crosses-itself");
    expect(metresApart(place!, at(5, 5))).toBeLessThan(0.1);
  });

  test("that runs back along its own line or touches itself is refused", () => {
    expect(problem(drawn(ring([0, 0], [10, 0], [5, 0], [5, 10]))).problem).toBe("crosses-itself");
    expect(problem(drawn(ring([0, 0], [10, 0], [10, 10], [5, 0], [0, 10]))).problem).toBe("crosses-itself");
  });

  test("has its hole inside, apart from other holes; a hole may touch the outline in a point", () => {
    const outline = square(0, 0, 10);
    expect(problem(drawn(outline, square(12, 2, 3)))).toMatchObject({
      problem: "hole-misplaced",
      at: [119.812, 28.902],
    });
    expect(problem(drawn(outline, square(8, 2, 5))).problem).toBe("crosses-itself");
    expect(problem(drawn(outline, square(2, 2, 5), square(3, 3, 1))).problem).toBe("hole-misplaced");
    expect(isShapeProblem(soundShapeOf(drawn(outline, ring([0, 0], [3, 1], [1, 3]))))).toBe(false);
  });

  test("of several parts has them apart; one may lie in the hole of another", () => {
    expect(problem(parts([square(0, 0, 10)], [square(5, 5, 10)])).problem).toBe("parts-overlap");
    expect(problem(parts([square(0, 0, 10)], [square(2, 2, 3)])).problem).toBe("parts-overlap");
    const island = parts([square(0, 0, 10), square(2, 2, 6)], [square(4, 4, 1)]);
    expect(isShapeProblem(soundShapeOf(island))).toBe(false);
    expect(isShapeProblem(soundShapeOf(parts([square(0, 0, 3)], [square(3, 3, 3)])))).toBe(false);
  });

  test("has at least three corners, at most 2,000, and a size between a room and a district", () => {
    expect(problem(drawn(ring([0, 0], [10, 0]))).problem).toBe("too-few-points");
    expect(problem(drawn(ring([0, 0], [0, 0], [10, 0], [10, 0]))).problem).toBe("too-few-points");
    const round = (corners: number) =>
      Array.from({ length: corners }, (_, corner): LonLat => {
        const angle = (2 * Math.PI * corner) / corners;
        return at(10 * Math.cos(angle), 10 * Math.sin(angle));
      });
    expect(isShapeProblem(soundShapeOf(drawn(round(MOST_POINTS))))).toBe(false);
    expect(problem(drawn(round(MOST_POINTS + 1))).problem).toBe("too-many-points");
    expect(problem(drawn(square(0, 0, 0.02))).problem).toBe("too-small");
    expect(problem(drawn(square(0, 0, 200))).problem).toBe("too-large");
  });

  test("of a circle is a polygon whose corners lie on it, and keeps centre and radius", () => {
    const circle = { centre: at(0, 0), radiusMetres: 250 };
    const kept = soundShapeOf({ type: "circle", circle }) as SoundShape;
    expect(kept.circle).toEqual(circle);
    const [[outline]] = polygonsOf(kept.geometry) as [[Ring]];
    expect(outline).toHaveLength(65);
    for (const corner of outline) expect(metresApart(corner, circle.centre)).toBeCloseTo(250, 0);
    const whole = Math.PI * 250 ** 2;
    expect(squareMetresOf([[ringOfCircle(circle)]]) / whole).toBeGreaterThan(0.998);
    expect(squareMetresOf([[ringOfCircle(circle)]]) / whole).toBeLessThan(1);
  });
});

describe("two areas", () => {
  const left = geometry(square(0, 0, 10));

  test("that overlap have the common ground as the place, whatever lies how", () => {
    const common = overlapOf(left, geometry(square(6, 7, 10))) as AreaGeometry;
    const box = boxOf(common);
    expect([box.westDegrees, box.southDegrees]).toEqual(
      at(6, 7).map((degrees) => expect.closeTo(degrees, 9)),
    );
    expect([box.eastDegrees, box.northDegrees]).toEqual(
      at(10, 10).map((degrees) => expect.closeTo(degrees, 9)),
    );
    expect(overlapOf(left, geometry(square(2, 2, 2)))).toBeDefined();
    expect(overlapOf(left, left)).toBeDefined();
  });

  test("that share a line or a corner, or of which one lies in the other's hole, do not overlap", () => {
    expect(overlapOf(left, geometry(square(10, 0, 10)))).toBeUndefined();
    expect(overlapOf(left, geometry(square(10, 10, 10)))).toBeUndefined();
    expect(overlapOf(geometry(square(0, 0, 10), square(2, 2, 6)), geometry(square(3, 3, 4)))).toBeUndefined();
  });

  test("whose line was drawn a hand's breadth into the other do not overlap", () => {
    expect(overlapOf(geometry(square(0, 0, 0.1)), geometry(square(0.0995, 0, 0.1)))).toBeUndefined();
  });

  test("that overlap at hundreds of places are told at once, with some of the places", () => {
    const comb = (turned: boolean) => {
      const teeth: [number, number][] = [];
      for (let tooth = 0; tooth < 400; tooth++) teeth.push([tooth / 10, 0], [tooth / 10 + 0.05, 40]);
      const places: [number, number][] = [...teeth, [40, 0], [40, -1], [0, -1]];
      return ring(
        ...places.map(([east, north]): [number, number] => (turned ? [north, east] : [east, north])),
      );
    };
    expect(overlapOf(geometry(comb(false)), geometry(comb(true)))).toMatchObject({ type: "MultiPoint" });
  });
});

describe("predicates", () => {
  test("segments meet the same whichever comes first", () => {
    const coordinate = fc.integer({ min: -3, max: 3 });
    const place = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(place, place, place, place, (a, b, c, d) => {
        fc.pre((a[0] !== b[0] || a[1] !== b[1]) && (c[0] !== d[0] || c[1] !== d[1]));
        expect(meetingOf(a, b, c, d)?.how).toBe(meetingOf(c, d, b, a)?.how);
      }),
    );
  });

  test("a place is inside, outside or on the line of a square", () => {
    const outline = [...square(0, 0, 10), at(0, 0)];
    expect(sideOfRing(outline, at(5, 5))).toBe("inside");
    expect(sideOfRing(outline, at(11, 5))).toBe("outside");
    expect(sideOfRing(outline, at(-1, 10))).toBe("outside");
    expect(sideOfRing(outline, at(10, 5))).toBe("on");
    expect(sideOfRing(outline, at(0, 0))).toBe("on");
  });
});

describe("a datum", () => {
  test("of GCJ-02 is off by hundreds of metres at Wuyi and is taken back to WGS-84 within two metres", () => {
    // GCJ-02 of 119.81 E, 28.89 N (WGS-84), computed by the published formula.
    const shifted: LonLat = [119.81465, 28.88695];
    const back = toWgs84(shifted, "gcj02")!;
    expect(metresApart(back, [119.81, 28.89])).toBeLessThan(2);
    expect(metresApart(back, shifted)).toBeGreaterThan(400);
  });

  test("of WGS-84 and CGCS2000 stays as it is; GCJ-02 outside China is refused", () => {
    expect(toWgs84([119.8, 28.9], "wgs84")).toEqual([119.8, 28.9]);
    expect(toWgs84([119.8, 28.9], "cgcs2000")).toEqual([119.8, 28.9]);
    expect(toWgs84([2.35, 48.85], "gcj02")).toBeUndefined();
  });
});
