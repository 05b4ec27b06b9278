import type { AreaCircle, AreaGeometry, DrawnShape } from "@hanyouxu/api";
import { crossingOf, strayHoleOf } from "./crossings.ts";
import { geometryOf, polygonsOf, ringOfCircle, rounded, signedArea, squareMetresOf } from "./measure.ts";
import { isSame, type LonLat, type PolygonRings, type Ring } from "./planar.ts";

/** What is wrong with a shape, and where, so that a map can mark it. */
export interface ShapeProblem {
  problem:
    | "too-few-points"
    | "too-many-points"
    | "crosses-itself"
    | "hole-misplaced"
    | "parts-overlap"
    | "too-small"
    | "too-large";
  /** Null where it is the whole. */
  at: LonLat | null;
}

export interface SoundShape {
  /** Rings closed, outlines anticlockwise, holes clockwise (RFC 7946 §3.1.6), without repeated positions. */
  geometry: AreaGeometry;
  circle: AreaCircle | null;
}

/** Positions of all rings, the closing ones not counted. */
export const MOST_POINTS = 2_000;
/** Smaller than a room is a slip of the hand. */
const LEAST_SQUARE_METRES = 10;
/** A large chemical park has 50 km²; more is a district, and a district is no key area. */
const MOST_SQUARE_METRES = 100_000_000;

/** Puts a drawn shape into the form it is kept in, or says what is wrong with it. */
export function soundShapeOf(drawn: DrawnShape): SoundShape | ShapeProblem {
  if (drawn.type === "circle") {
    const circle = { ...drawn.circle, centre: rounded(drawn.circle.centre) };
    return judged([[ringOfCircle(circle)]], circle);
  }
  const polygons = polygonsOf(drawn.geometry).map((rings) => rings.map(tidied));
  const points = polygons.flat().reduce((sum, ring) => sum + ring.length - 1, 0);
  if (points > MOST_POINTS) return { problem: "too-many-points", at: null };
  for (const ring of polygons.flat()) {
    if (ring.length < 4) return { problem: "too-few-points", at: ring[0] ?? null };
  }
  return judged(polygons, null);
}

export function isShapeProblem(shape: SoundShape | ShapeProblem): shape is ShapeProblem {
  return "problem" in shape;
}

function judged(polygons: readonly PolygonRings[], circle: AreaCircle | null): SoundShape | ShapeProblem {
  for (const rings of polygons) {
    const crossing = crossingOf(rings);
    if (crossing) return { problem: "crosses-itself", at: crossing };
    const stray = strayHoleOf(rings);
    if (stray) return { problem: "hole-misplaced", at: stray };
  }
  const overlap = overlapOfParts(polygons);
  if (overlap) return { problem: "parts-overlap", at: overlap };
  const squareMetres = squareMetresOf(polygons);
  const at = polygons[0]?.[0]?.[0] ?? null;
  if (squareMetres < LEAST_SQUARE_METRES) return { problem: "too-small", at };
  if (squareMetres > MOST_SQUARE_METRES) return { problem: "too-large", at };
  return { geometry: geometryOf(polygons.map((rings) => rings.map(turned))), circle };
}

/** Closed, in steps of a centimetre, no position twice in a row. */
function tidied(ring: Ring): Ring {
  const kept: LonLat[] = [];
  for (const position of ring) {
    const next = rounded(position);
    if (kept.length === 0 || !isSame(kept.at(-1)!, next)) kept.push(next);
  }
  if (kept.length > 1 && !isSame(kept[0]!, kept.at(-1)!)) kept.push(kept[0]!);
  return kept;
}

/** The outline anticlockwise, holes clockwise. */
function turned(ring: Ring, index: number): Ring {
  return signedArea(ring) > 0 === (index === 0) ? ring : ring.toReversed();
}

/** A place of two parts of one area; parts may touch. */
function overlapOfParts(polygons: readonly PolygonRings[]): LonLat | undefined {
  if (polygons.length < 2) return undefined;
  const outlines = polygons.map(([outline]) => outline!);
  const crossing = crossingOf(outlines);
  if (crossing) return crossing;
  for (const [index, outline] of outlines.entries()) {
    for (const [other, rings] of polygons.entries()) {
      if (other !== index && strayHoleOf([rings[0]!, outline]) === undefined) {
        // Inside the outline: fine only where it lies in a hole.
        const isInHole = rings.slice(1).some((hole) => strayHoleOf([hole, outline]) === undefined);
        if (!isInHole) return outline[0];
      }
    }
  }
  return undefined;
}
