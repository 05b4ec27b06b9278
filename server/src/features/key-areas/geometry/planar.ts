import { orient2d } from "robust-predicates";

/** Longitude, latitude in WGS-84 degrees, as in GeoJSON. */
export type LonLat = readonly [number, number];
/** Closed: the last position is the first. */
export type Ring = readonly LonLat[];
/** The outline, then the holes. */
export type PolygonRings = readonly Ring[];

/** A side of a ring, with which ring and which side of it. */
export interface Side {
  from: LonLat;
  to: LonLat;
  /** Number of the ring, and of the side within it. */
  ring: number;
  index: number;
  sidesOfRing: number;
}

export function sidesOf(rings: readonly Ring[]): Side[] {
  return rings.flatMap((positions, ring) =>
    positions.slice(1).map((to, index) => ({
      from: positions[index]!,
      to,
      ring,
      index,
      sidesOfRing: positions.length - 1,
    })),
  );
}

/** How two segments meet: they cross, one ends on the other, or they share a length; undefined: not at all. */
export type Meeting = { how: "cross" | "touch" | "share"; at: LonLat };

/** Exact: the sign of every turn is that of the real numbers (Shewchuk's predicates), not of their rounding. */
export function meetingOf(a: LonLat, b: LonLat, c: LonLat, d: LonLat): Meeting | undefined {
  if (!boxesMeet(a, b, c, d)) return undefined;
  const turnC = turn(a, b, c);
  const turnD = turn(a, b, d);
  const turnA = turn(c, d, a);
  const turnB = turn(c, d, b);
  if (turnC === 0 && turnD === 0) return sharedPart(a, b, c, d);
  if (turnC * turnD < 0 && turnA * turnB < 0) return { how: "cross", at: crossing(a, b, c, d) };
  if (turnC === 0 && isBetween(a, b, c)) return { how: "touch", at: c };
  if (turnD === 0 && isBetween(a, b, d)) return { how: "touch", at: d };
  if (turnA === 0 && isBetween(c, d, a)) return { how: "touch", at: a };
  if (turnB === 0 && isBetween(c, d, b)) return { how: "touch", at: b };
  return undefined;
}

/** Whether a place lies within a ring; on its line counts as neither. */
export function sideOfRing(ring: Ring, [x, y]: LonLat): "inside" | "outside" | "on" {
  let isInside = false;
  for (let index = 1; index < ring.length; index++) {
    const from = ring[index - 1]!;
    const to = ring[index]!;
    const side = turn(from, to, [x, y]);
    if (side === 0 && isBetween(from, to, [x, y])) return "on";
    if (from[1] > y !== to[1] > y && side > 0 === to[1] > from[1]) isInside = !isInside;
  }
  return isInside ? "inside" : "outside";
}

export function isSame(a: LonLat, b: LonLat): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Positive: c lies to the left of the way from a to b. */
function turn(a: LonLat, b: LonLat, c: LonLat): number {
  // The library's axes point the other way.
  return -orient2d(a[0], a[1], b[0], b[1], c[0], c[1]);
}

function boxesMeet(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  return (
    Math.max(a[0], b[0]) >= Math.min(c[0], d[0]) &&
    Math.max(c[0], d[0]) >= Math.min(a[0], b[0]) &&
    Math.max(a[1], b[1]) >= Math.min(c[1], d[1]) &&
    Math.max(c[1], d[1]) >= Math.min(a[1], b[1])
  );
}

/** For a place on the line through both: whether it lies between them. */
function isBetween(a: LonLat, b: LonLat, place: LonLat): boolean {
  return boxesMeet(a, b, place, place);
}

function sharedPart(a: LonLat, b: LonLat, c: LonLat, d: LonLat): Meeting | undefined {
  const ends = [
    ...[c, d].filter((end) => isBetween(a, b, end)),
    ...[a, b].filter((end) => isBetween(c, d, end)),
  ];
  const [first] = ends;
  if (!first) return undefined;
  const other = ends.find((end) => !isSame(end, first));
  return other
    ? { how: "share", at: [(first[0] + other[0]) / 2, (first[1] + other[1]) / 2] }
    : { how: "touch", at: first };
}

function crossing(a: LonLat, b: LonLat, c: LonLat, d: LonLat): LonLat {
  const [abX, abY] = [b[0] - a[0], b[1] - a[1]];
  const [cdX, cdY] = [d[0] - c[0], d[1] - c[1]];
  const part = ((c[0] - a[0]) * cdY - (c[1] - a[1]) * cdX) / (abX * cdY - abY * cdX);
  return [a[0] + part * abX, a[1] + part * abY];
}
