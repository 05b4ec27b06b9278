import type { KeyAreaFacts, StartFacts, StartPolicy, TimedPosition, WorkTimes } from "@hanyouxu/rules";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { FenceShape } from "../../fence/fence-shape.ts";
import type { PlaceInArea, PlaceMemory } from "../../fence/place-tracker.ts";
import type { CurrentKeyArea } from "../key-areas/key-areas.ts";
import { shapeOf, type WatchedAreas } from "./watched-areas.ts";

export interface WhereAtStart {
  /** What is remembered of the machine; null when it is near no area, or has told nothing. */
  memory: PlaceMemory | null;
  /** The machine's newest place; null when nobody knows it. */
  machine: TimedPosition | null;
  /** Where the person stands who scanned it. */
  phone: TimedPosition | null;
  nowMs: number;
}

type Verdict = KeyAreaFacts["state"] | "outside" | "unknown";

/**
 * The key areas in force that a machine is in, or may be in, at the moment of a start. What was followed counts first;
 * where that is silent, the newest fix of the machine and that of the phone beside it: who scans stands at the machine, so
 * that two who contradict one another are a reason to ask.
 */
export function placesForStart(watched: WatchedAreas, where: WhereAtStart): KeyAreaFacts[] {
  const keys = new Set([
    ...Object.keys(where.memory?.areas ?? {}),
    ...keysNear(watched, where.machine),
    ...keysNear(watched, where.phone),
  ]);
  return [...keys].sort().flatMap((key) => {
    const area = watched.inForce(key, where.nowMs);
    if (!area) return [];
    const state = stateIn(watched, key, where, watched.policyAt(key));
    if (state !== "inside" && state !== "unsure") return [];
    return [factsOfArea(area, state, where.nowMs)];
  });
}

/** A key area as rules see it at an instant. */
export function factsOfArea(area: CurrentKeyArea, state: KeyAreaFacts["state"], nowMs: number): KeyAreaFacts {
  const { keyAreaId, name, kind, regime, policy } = area;
  return { keyAreaId, name, kind, regime, state, demands: policy.demands, times: timesOf(area, nowMs) };
}

/** Special periods that are over tell nothing about a start any more. */
function timesOf({ validity, policy }: CurrentKeyArea, nowMs: number): WorkTimes {
  const yesterday = addDays(shanghaiDay(nowMs), -1);
  const specialPeriods = validity.specialPeriods.filter(({ untilDay }) => untilDay >= yesterday);
  return { openingHours: validity.openingHours, specialPeriods, workWhileOpen: policy.workWhileOpen };
}

function keysNear(watched: WatchedAreas, place: TimedPosition | null): string[] {
  if (!place) return [];
  const { latitudeDegrees, longitudeDegrees, accuracyMetres } = place;
  return watched.index.near(latitudeDegrees, longitudeDegrees, accuracyMetres).map(({ key }) => key);
}

function stateIn(
  watched: WatchedAreas,
  key: string,
  { memory, machine, phone, nowMs }: WhereAtStart,
  policy: StartPolicy,
): Verdict {
  const followed = memory?.areas[key];
  const phoneSays = fixSays(watched, key, phone, policy.phonePositionMaxAgeSeconds * 1000, nowMs, policy);
  if (followed && followed.state !== "outside") return doubted(followed, memory!, phoneSays, nowMs, policy);
  // Staff have said that it is outside, and it has not moved since.
  if (followed?.told) return "outside";
  const machineSays = fixSays(watched, key, machine, policy.placeBlindMinutes * 60_000, nowMs, policy);
  return together(machineSays, phoneSays);
}

function together(one: Verdict, other: Verdict): Verdict {
  if (one === other || other === "unknown") return one;
  if (one === "unknown" || one === "unsure") return other;
  return other === "unsure" ? one : "unsure";
}

/** A chip that has been silent cannot have told that it went under a roof, or away. */
function doubted(
  { state, method, sinceMs, told }: PlaceInArea,
  { fixes }: PlaceMemory,
  phoneSays: Verdict,
  nowMs: number,
  policy: StartPolicy,
): Verdict {
  const seenAtMs = fixes.last?.[3] ?? sinceMs;
  const holdsMs = method === "gps" ? policy.placeBlindMinutes * 60_000 : policy.placeSignHours * 3_600_000;
  const isOld = nowMs - (method === "gps" ? seenAtMs : Math.max(seenAtMs, told?.atMs ?? sinceMs)) > holdsMs;
  if (state === "inside" && !isOld) return "inside";
  return phoneSays === "inside" ? "inside" : "unsure";
}

/** What one fix says by itself; old and vague ones say nothing. */
function fixSays(
  watched: WatchedAreas,
  key: string,
  fix: TimedPosition | null,
  maxAgeMs: number,
  nowMs: number,
  policy: StartPolicy,
): Verdict {
  if (!fix || nowMs - fix.fixedAtMs > maxAgeMs) return "unknown";
  if (!(fix.accuracyMetres >= 0 && fix.accuracyMetres <= policy.placeWorstAccuracyMetres)) return "unknown";
  const metres = watched.index.metresInside(key, fix.latitudeDegrees, fix.longitudeDegrees);
  if (metres === undefined) return "outside";
  if (metres > Math.max(policy.placeEnterMetres, fix.accuracyMetres)) return "inside";
  return metres > -fix.accuracyMetres ? "unsure" : "outside";
}

/** The ground of the key area that a start was cleared for and that the machine is in; null: it is in none. */
export function clearedShape(
  watched: WatchedAreas,
  { keyAreas, clearance }: Pick<StartFacts, "keyAreas" | "clearance">,
): FenceShape | null {
  if (!clearance?.isReadyToStart) return null;
  const isThere = keyAreas?.some(({ keyAreaId }) => keyAreaId === clearance.keyAreaId);
  const area = isThere ? watched.get(clearance.keyAreaId) : undefined;
  return area ? shapeOf(area) : null;
}
