type LonLat = readonly [eastDegrees: number, northDegrees: number];

export type TypedCorners =
  | { ok: true; ring: LonLat[] }
  | { ok: false; line: number }
  | { ok: false; line: null };

/**
 * Reads corners as a person types or pastes them, one a line: longitude, latitude in degrees (WGS-84). The ring is
 * closed where it is not. What is wrong is named by its line, the first being 1; null: fewer than three corners.
 */
export function readCorners(text: string): TypedCorners {
  const ring: LonLat[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const numbers = line
      .split(/[\s,，;；]+/)
      .filter(Boolean)
      .map(Number);
    const [east = Number.NaN, north = Number.NaN] = numbers;
    if (numbers.length !== 2 || !(Math.abs(east) <= 180) || !(Math.abs(north) <= 90))
      return { ok: false, line: index + 1 };
    ring.push([round(east), round(north)]);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  const isClosed = ring.length > 1 && first![0] === last![0] && first![1] === last![1];
  if (ring.length - (isClosed ? 1 : 0) < 3) return { ok: false, line: null };
  return { ok: true, ring: isClosed ? ring : [...ring, first!] };
}

/** A centimetre; the drawing board takes at most nine decimals. */
function round(degrees: number): number {
  return Number(degrees.toFixed(7));
}
