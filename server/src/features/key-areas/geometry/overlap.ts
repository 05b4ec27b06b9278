import type { AreaGeometry } from "@hanyouxu/api";
import { type Geom, intersection } from "polyclip-ts";
import { crossingsBetween } from "./crossings.ts";
import { type Box, polygonsOf, squareMetresOf } from "./measure.ts";
import type { LonLat, PolygonRings } from "./planar.ts";

/** Neighbours are drawn by hand: less than this is the same line, not the same ground. */
const LEAST_SQUARE_METRES = 1;
/** Beyond, working out the common ground takes long, and there is no doubt left. */
const MOST_CROSSINGS = 400;

/** Where two areas overlap, for a map to mark. */
export type OverlapPlace = AreaGeometry | { type: "MultiPoint"; coordinates: readonly LonLat[] };

/** The ground that two areas have in common; undefined where it is none, or no more than a drawn line. */
export function overlapOf(left: AreaGeometry, right: AreaGeometry): OverlapPlace | undefined {
  const [ours, theirs] = [polygonsOf(left), polygonsOf(right)];
  const crossings = crossingsBetween(ours, theirs, MOST_CROSSINGS);
  if (crossings.length === MOST_CROSSINGS) return { type: "MultiPoint", coordinates: crossings };
  // The library only reads its input, which its types do not say.
  const common = intersection(ours as unknown as Geom, theirs as unknown as Geom) as readonly PolygonRings[];
  if (squareMetresOf(common) < LEAST_SQUARE_METRES) return undefined;
  return { type: "MultiPolygon", coordinates: common };
}

export function boxesOverlap(left: Box, right: Box): boolean {
  return (
    left.westDegrees < right.eastDegrees &&
    right.westDegrees < left.eastDegrees &&
    left.southDegrees < right.northDegrees &&
    right.southDegrees < left.northDegrees
  );
}
