import {
  isSame,
  type LonLat,
  meetingOf,
  type PolygonRings,
  type Ring,
  type Side,
  sideOfRing,
  sidesOf,
} from "./planar.ts";

/**
 * The first place where rings cross themselves or one another, or run along one another. Different rings may touch in a
 * point; one ring may not touch itself.
 */
export function crossingOf(rings: readonly Ring[]): LonLat | undefined {
  for (const [side, other] of nearPairs(sidesOf(rings), sidesOf(rings), true)) {
    const meeting = meetingOf(side.from, side.to, other.from, other.to);
    if (!meeting) continue;
    if (side.ring !== other.ring) {
      if (meeting.how !== "touch") return meeting.at;
      continue;
    }
    if (meeting.how !== "touch" || !areNeighbours(side, other)) return meeting.at;
  }
  return undefined;
}

/** Places where the lines of two areas cross, as many as `most`. */
export function crossingsBetween(
  left: readonly PolygonRings[],
  right: readonly PolygonRings[],
  most: number,
): LonLat[] {
  const found: LonLat[] = [];
  for (const [side, other] of nearPairs(sidesOf(left.flat()), sidesOf(right.flat()), false)) {
    const meeting = meetingOf(side.from, side.to, other.from, other.to);
    if (meeting?.how === "cross") found.push(meeting.at);
    if (found.length >= most) break;
  }
  return found;
}

/** A place of a hole that lies outside the outline or inside another hole. The rings must not cross. */
export function strayHoleOf([outline, ...holes]: PolygonRings): LonLat | undefined {
  for (const [index, hole] of holes.entries()) {
    const outside = hole.find((place) => sideOfRing(outline!, place) === "outside");
    if (outside) return outside;
    for (const [other, ring] of holes.entries()) {
      if (other === index) continue;
      const inside = hole.find((place) => sideOfRing(ring, place) === "inside");
      if (inside) return inside;
    }
  }
  return undefined;
}

/** Pairs of sides whose ranges of longitude meet, by a sweep from west to east. */
function* nearPairs(
  left: readonly Side[],
  right: readonly Side[],
  isSameSet: boolean,
): Generator<[Side, Side]> {
  const west = ({ from, to }: Side) => Math.min(from[0], to[0]);
  const east = ({ from, to }: Side) => Math.max(from[0], to[0]);
  const others = right.toSorted((a, b) => west(a) - west(b));
  const widest = others.reduce((most, side) => Math.max(most, east(side) - west(side)), 0);
  for (const side of left.toSorted((a, b) => west(a) - west(b))) {
    for (let at = firstFrom(others, west, west(side) - widest); at < others.length; at++) {
      const other = others[at]!;
      if (west(other) > east(side)) break;
      // Of a set with itself every pair once.
      if (isSameSet && !isBefore(side, other)) continue;
      yield [side, other];
    }
  }
}

function firstFrom(sides: readonly Side[], west: (side: Side) => number, least: number): number {
  let [low, high] = [0, sides.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (west(sides[middle]!) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(side: Side, other: Side): boolean {
  return side.ring === other.ring ? side.index < other.index : side.ring < other.ring;
}

/** Follow one another in their ring, and so share an end. */
function areNeighbours(side: Side, other: Side): boolean {
  const apart = Math.abs(side.index - other.index);
  return (
    (apart === 1 &&
      isSame(
        side.index < other.index ? side.to : other.to,
        side.index < other.index ? other.from : side.from,
      )) ||
    apart === side.sidesOfRing - 1
  );
}
