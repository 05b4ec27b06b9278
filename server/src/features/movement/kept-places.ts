import type { KeptPlace } from "../../db/tables/movement.ts";
import type { DayPlace } from "./day-places.ts";

/** A tenth of a metre: far below a receiver's error. */
const DEGREE_DIGITS = 6;

/** Places as a day keeps them. */
export function keptOf(places: readonly DayPlace[]): KeptPlace[] {
  const rounded = (degrees: number) => Number(degrees.toFixed(DEGREE_DIGITS));
  return places.map(({ latitudeDegrees, longitudeDegrees, fixes, arcFixes, firstAtMs }) => [
    rounded(latitudeDegrees),
    rounded(longitudeDegrees),
    fixes,
    arcFixes,
    firstAtMs,
  ]);
}

export function placesOf(kept: readonly KeptPlace[]): DayPlace[] {
  return kept.map(([latitudeDegrees, longitudeDegrees, fixes, arcFixes, firstAtMs]) => ({
    latitudeDegrees,
    longitudeDegrees,
    fixes,
    arcFixes,
    firstAtMs,
  }));
}
