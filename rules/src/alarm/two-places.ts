import type { Position } from "@hanyouxu/protocol";
import { distanceMetres } from "../distance.ts";
import type { AlarmPolicy } from "./alarm-policy.ts";

type Place = Pick<Position, "latitudeDegrees" | "longitudeDegrees"> & { accuracyMetres: number };

/** Where a person was, by a start of his. */
export interface Sighting extends Place {
  /** Milliseconds since 1970. */
  atMs: number;
}

/** Two places are apart until they are nearer than this share of the limit: a fix that wanders ends nothing. */
const STILL_APART = 0.8;

/** How far two places are apart at least, whatever the error of both fixes; never below 0. Metres. */
export function leastMetresApart(one: Place, other: Place): number {
  return Math.max(0, distanceMetres(one, other) - one.accuracyMetres - other.accuracyMetres);
}

/**
 * How far somebody would have come, and how fast at least; null where it can be. Either may be the earlier.
 * @returns metres, and kilometres an hour: null where there was no time at all
 */
export function impossibleTravel(
  one: Sighting,
  other: Sighting,
  policy: Pick<AlarmPolicy, "travelKilometresPerHour" | "twoPlacesMetres">,
): { metres: number; kilometresPerHour: number | null } | null {
  const metres = leastMetresApart(one, other);
  if (metres < policy.twoPlacesMetres) return null;
  const hours = Math.abs(other.atMs - one.atMs) / 3_600_000;
  if (metres <= policy.travelKilometresPerHour * 1_000 * hours) return null;
  return { metres, kilometresPerHour: hours === 0 ? null : metres / 1_000 / hours };
}

/** Whether machines that one welder has at work together are in two places; `wasApart`: they were before. */
export function areInTwoPlaces(
  one: Place,
  other: Place,
  { twoPlacesMetres }: Pick<AlarmPolicy, "twoPlacesMetres">,
  wasApart: boolean,
): boolean {
  return leastMetresApart(one, other) >= twoPlacesMetres * (wasApart ? STILL_APART : 1);
}
