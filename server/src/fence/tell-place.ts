import { firstFixes } from "./believed-fixes.ts";
import {
  changeOf,
  outsideSince,
  type PlaceChange,
  type PlaceMemory,
  type PlaceMethod,
} from "./place-tracker.ts";

export interface ToldPlace {
  state: "inside" | "outside";
  method: Exclude<PlaceMethod, "gps">;
  atMs: number;
  /** Where the machine is, as far as known. */
  place: [latitude: number, longitude: number] | null;
}

/** Takes what a person says of a machine and an area: a sign that was scanned, or the word of staff. Pure. */
export function tellPlace(
  memory: PlaceMemory | undefined,
  key: string,
  { state, method, atMs, place }: ToldPlace,
): { memory: PlaceMemory; change: PlaceChange } {
  const known = memory ?? { fixes: firstFixes(null), areas: {} };
  const before = known.areas[key] ?? outsideSince(atMs);
  const isNew = before.state !== state;
  const next = {
    ...before,
    state,
    sinceMs: isNew ? atMs : before.sinceMs,
    method,
    sure: state,
    lean: null,
    doubtUntilMs: null,
    told: { atMs, place },
  };
  const change = changeOf(key, before, next, atMs);
  return {
    memory: { ...known, areas: { ...known.areas, [key]: next } },
    // Said again, it is an event of its own.
    change: isNew ? change : { ...change, atMs },
  };
}
