/** Metres east and north. */
export type PlanePoint = readonly [x: number, y: number];

interface Corner {
  point: PlanePoint;
  /** Its number in the ring as it was. */
  origin: number;
}

/** Twice the signed area of a triangle: positive when it turns left. */
function turn(a: PlanePoint, b: PlanePoint, c: PlanePoint): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function isWithinTriangle(a: PlanePoint, b: PlanePoint, c: PlanePoint, p: PlanePoint): boolean {
  const [one, two, three] = [turn(a, b, p), turn(b, c, p), turn(c, a, p)];
  return (one >= 0 && two >= 0 && three >= 0) || (one <= 0 && two <= 0 && three <= 0);
}

/**
 * A simple polygon with fewer corners, taken away one by one, the smallest triangle first (Visvalingam and Whyatt). What
 * juts out may always be cut off; a bay is filled only while no point of the new edge is farther from the old polygon than
 * the tolerance. It stays simple, and as every simple polygon has an ear, it always gets there.
 * @param ring open, in either direction, at least three corners
 */
export function simplifyRing(
  ring: readonly PlanePoint[],
  mostCorners: number,
  toleranceMetres: number,
): PlanePoint[] {
  const area = ring.reduce((sum, a, index) => {
    const b = ring[(index + 1) % ring.length]!;
    return sum + a[0] * b[1] - b[0] * a[1];
  }, 0);
  const original = area < 0 ? [...ring].reverse() : [...ring];
  let corners: Corner[] = original.map((point, origin) => ({ point, origin }));
  let blocked = new Set<Corner>();
  while (corners.length > Math.max(3, mostCorners)) {
    const at = smallest(corners, blocked);
    if (at === undefined) break;
    const corner = corners[at]!;
    if (!isRemovable(corners, at, original, toleranceMetres)) {
      blocked.add(corner);
      continue;
    }
    corners = corners.filter((_, index) => index !== at);
    // What stood in the way of others may be gone.
    blocked = new Set();
  }
  return corners.map(({ point }) => point);
}

function neighbours(corners: readonly Corner[], at: number): [Corner, Corner] {
  return [corners[(at + corners.length - 1) % corners.length]!, corners[(at + 1) % corners.length]!];
}

function smallest(corners: readonly Corner[], blocked: ReadonlySet<Corner>): number | undefined {
  let best: number | undefined;
  let bestArea = Number.POSITIVE_INFINITY;
  for (const [at, corner] of corners.entries()) {
    if (blocked.has(corner)) continue;
    const [before, after] = neighbours(corners, at);
    const area = Math.abs(turn(before.point, corner.point, after.point));
    if (area < bestArea) [best, bestArea] = [at, area];
  }
  return best;
}

function isRemovable(
  corners: readonly Corner[],
  at: number,
  original: readonly PlanePoint[],
  toleranceMetres: number,
): boolean {
  const corner = corners[at]!;
  const [before, after] = neighbours(corners, at);
  const isEmpty = corners.every(
    (other) =>
      other === corner ||
      other === before ||
      other === after ||
      !isWithinTriangle(before.point, corner.point, after.point, other.point),
  );
  if (!isEmpty) return false;
  const juts = turn(before.point, corner.point, after.point) > 0;
  return juts || bayDepth(before, after, original) <= toleranceMetres;
}

/** How far the original boundary lies inside of an edge that replaces a part of it. */
function bayDepth(from: Corner, to: Corner, original: readonly PlanePoint[]): number {
  const length = Math.hypot(to.point[0] - from.point[0], to.point[1] - from.point[1]);
  let deepest = 0;
  for (let index = from.origin; index !== to.origin; index = (index + 1) % original.length) {
    const point = original[index]!;
    const depth =
      length === 0
        ? Math.hypot(point[0] - from.point[0], point[1] - from.point[1])
        : turn(from.point, to.point, point) / length;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
