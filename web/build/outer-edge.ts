import { isInside } from "../map/drawn-shape.ts";
import { type County, type LonLat, type Ring, simplifyLine } from "./boundaries.ts";

/** Files of different cities do not agree on their common border: a gap narrower than this is none. */
const REACH_METRES = 3_000;
const METRES_PER_DEGREE = 111_320;
/** It is drawn as a glow some pixels wide, from afar. */
const TOLERANCE_METRES = 200;
const DECIMALS = 4;

interface Edge {
  adcode: number;
  lines: LonLat[][];
}

interface Boxed {
  ring: Ring;
  west: number;
  east: number;
  south: number;
  north: number;
}

/** Of each county the stretches of its border beyond which no other county lies; counties without any are left out. */
export function outerEdge(counties: readonly County[]): Edge[] {
  const outers = counties.flatMap(({ polygons }) => polygons.map(([outer]) => boxed(outer!)));
  return counties.flatMap(({ adcode, polygons }) => {
    const lines = polygons.flatMap(([outer]) => outerStretches(outer!, outers));
    return lines.length > 0 ? [{ adcode, lines: lines.map(light) }] : [];
  });
}

function light(line: readonly LonLat[]): LonLat[] {
  return simplifyLine(line, TOLERANCE_METRES).map(([east, north]) => [
    Number(east.toFixed(DECIMALS)),
    Number(north.toFixed(DECIMALS)),
  ]);
}

function outerStretches(ring: Ring, outers: readonly Boxed[]): LonLat[][] {
  const lines: LonLat[][] = [];
  let line: LonLat[] = [];
  for (let index = 1; index < ring.length; index++) {
    const [from, to] = [ring[index - 1]!, ring[index]!];
    if (besides(from, to).every((place) => isOnLand(place, outers))) {
      if (line.length > 0) lines.push(line);
      line = [];
    } else line.push(...(line.length > 0 ? [to] : [from, to]));
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

/** To the left and to the right of the middle of a segment. */
function besides(from: LonLat, to: LonLat): LonLat[] {
  const stretch = Math.cos((from[1] * Math.PI) / 180);
  const [east, north] = [(to[0] - from[0]) * stretch, to[1] - from[1]];
  const length = Math.hypot(east, north) || 1;
  const reach = REACH_METRES / METRES_PER_DEGREE / length;
  const [middleEast, middleNorth] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return [1, -1].map((side) => [
    middleEast - (side * north * reach) / stretch,
    middleNorth + side * east * reach,
  ]);
}

function isOnLand(place: LonLat, outers: readonly Boxed[]): boolean {
  const [east, north] = place;
  return outers.some(
    (box) =>
      box.west <= east &&
      east <= box.east &&
      box.south <= north &&
      north <= box.north &&
      isInside(box.ring, place),
  );
}

function boxed(ring: Ring): Boxed {
  const easts = ring.map(([east]) => east);
  const norths = ring.map(([, north]) => north);
  return {
    ring,
    west: Math.min(...easts),
    east: Math.max(...easts),
    south: Math.min(...norths),
    north: Math.max(...norths),
  };
}
