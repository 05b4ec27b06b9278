import { numberBetween, type Random } from "../random.ts";
import type { Place } from "./types.ts";

const metresPerDegree = 111_195;

/** The place so many metres east and north; flat earth, good to 0.1 % within 20 km. */
export function shiftPlace(from: Place, eastMetres: number, northMetres: number): Place {
  const cosine = Math.cos((from.latitudeDegrees * Math.PI) / 180);
  return {
    latitudeDegrees: from.latitudeDegrees + northMetres / metresPerDegree,
    longitudeDegrees: from.longitudeDegrees + eastMetres / (metresPerDegree * cosine),
  };
}

/** Metres between two near places. */
export function metresBetween(a: Place, b: Place): number {
  const cosine = Math.cos((a.latitudeDegrees * Math.PI) / 180);
  return (
    metresPerDegree *
    Math.hypot(b.latitudeDegrees - a.latitudeDegrees, (b.longitudeDegrees - a.longitudeDegrees) * cosine)
  );
}

/** A place within a circle, denser towards its middle as a settlement is. */
export function placeWithin(random: Random, centre: Place, radiusMetres: number): Place {
  const distance = radiusMetres * random.next();
  const bearing = numberBetween(random, 0, 2 * Math.PI);
  return shiftPlace(centre, distance * Math.sin(bearing), distance * Math.cos(bearing));
}
