export type LonLat = readonly [longitudeDegrees: number, latitudeDegrees: number];

/** Mean radius of the earth (IUGG). */
const EARTH_METRES = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance. */
export function metresBetween([fromEast, fromNorth]: LonLat, [toEast, toNorth]: LonLat): number {
  const [a, b] = [radians(fromNorth), radians(toNorth)];
  const half =
    Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(toEast - fromEast) / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Along all of a line, from corner to corner. */
export function lengthMetres(line: readonly LonLat[]): number {
  return line.slice(1).reduce((sum, corner, index) => sum + metresBetween(line[index] as LonLat, corner), 0);
}

/** Metres below a kilometre, from there on kilometres with two decimals. */
export function lengthText(metres: number): string {
  return metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(2)} km`;
}
