import type { AreaCircle, AreaGeometry, DrawnShape } from "@hanyouxu/api";

type LonLat = readonly [number, number];
type Ring = readonly LonLat[];

/** A ring on the drawing board: an outline, a hole in one, or a circle. */
export interface DrawnRing {
  role: "polygon" | "hole" | "circle";
  ring: Ring;
}

const METRES_PER_DEGREE = 111_195.08;

/** What was drawn as one shape; undefined while there is no outline. A circle alone stays a circle. */
export function shapeOfRings(rings: readonly DrawnRing[]): DrawnShape | undefined {
  const outlines = rings.filter(({ role }) => role !== "hole");
  const holes = rings.filter(({ role }) => role === "hole").map(({ ring }) => ring);
  const [first] = outlines;
  if (!first) return undefined;
  if (outlines.length === 1 && first.role === "circle" && holes.length === 0) {
    return { type: "circle", circle: circleOfRing(first.ring) };
  }
  const polygons: Ring[][] = outlines.map(({ ring }) => [ring]);
  // One that lies in none goes to the first: the platform says where it is wrong.
  for (const hole of holes)
    (polygons.find(([outline]) => isInside(outline!, hole[0]!)) ?? polygons[0]!).push(hole);
  const geometry: AreaGeometry =
    polygons.length === 1
      ? { type: "Polygon", coordinates: polygons[0]! }
      : { type: "MultiPolygon", coordinates: polygons };
  return { type: "polygon", geometry };
}

/** The rings of a kept area, to be drawn on. */
export function ringsOfArea(geometry: AreaGeometry, circle: AreaCircle | null): DrawnRing[] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap((rings) =>
    rings.map(
      (ring, index): DrawnRing => ({ role: index > 0 ? "hole" : circle ? "circle" : "polygon", ring }),
    ),
  );
}

/** Centre and radius of a circle drawn as a ring: the middle of its box, and the way from there to its line. */
export function circleOfRing(ring: Ring): AreaCircle {
  const [easts, norths] = [ring.map(([east]) => east), ring.map(([, north]) => north)];
  const east = (Math.min(...easts) + Math.max(...easts)) / 2;
  const north = (Math.min(...norths) + Math.max(...norths)) / 2;
  const radiusMetres = ((Math.max(...norths) - Math.min(...norths)) / 2) * METRES_PER_DEGREE;
  return { centre: [round(east, 7), round(north, 7)], radiusMetres: round(radiusMetres, 1) };
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** Whether a place lies within a closed ring. */
export function isInside(ring: Ring, [east, north]: LonLat): boolean {
  let inside = false;
  for (let index = 1; index < ring.length; index++) {
    const [fromEast, fromNorth] = ring[index - 1]!;
    const [toEast, toNorth] = ring[index]!;
    if (fromNorth > north === toNorth > north) continue;
    if (east < fromEast + ((north - fromNorth) / (toNorth - fromNorth)) * (toEast - fromEast))
      inside = !inside;
  }
  return inside;
}
