import { distanceMetres } from "@hanyouxu/rules";
import {
  type BelievedFixes,
  believe,
  believedPlace,
  type Fix,
  type FixFate,
  firstFixes,
  type KeptFix,
  type Observation,
} from "./believed-fixes.ts";
import type { PlacePolicy } from "./place-policy.ts";

/** A machine within an area, or perhaps within it. Outside is what has no state. */
export type PlaceState = "inside" | "unsure" | "outside";

/** How the state became known: by satellite fixes, by a sign that a person scanned, or by the word of staff. */
export type PlaceMethod = "gps" | "sign" | "person";

/** One machine and one area. JSON. */
export interface PlaceInArea {
  state: PlaceState;
  /** Event time. */
  sinceMs: number;
  method: PlaceMethod;
  /** The last state that was sure: what leaves `unsure` for it has neither entered nor left. */
  sure: "inside" | "outside";
  /** What the newest fixes speak for instead, how many in a row and since when. */
  lean: { to: PlaceState; fixes: number; fromMs: number } | null;
  /** Inside, and every fix since then lies beyond the edge, believed or not: how many, and since when. */
  contradicted?: { fixes: number; fromMs: number } | null;
  /** Until then an exit is not believed: the machine came out by a jump. */
  doubtUntilMs: number | null;
  /**
   * When a person said so, and where the machine was, as far as known. What was said to be outside stays so while it
   * stays there: standing at the edge makes nobody unsure.
   */
  told: { atMs: number; place: [latitude: number, longitude: number] | null } | null;
}

/** All that is remembered of one machine. JSON, a few hundred bytes. */
export interface PlaceMemory {
  fixes: BelievedFixes;
  areas: Record<string, PlaceInArea>;
}

/**
 * - entered, left: from one sure state to the other
 * - unsure: it may be in the area or not
 * - sure: what was sure before has turned out to hold
 */
export type PlaceChangeKind = "entered" | "left" | "unsure" | "sure";

export interface PlaceChange {
  key: string;
  kind: PlaceChangeKind;
  place: PlaceInArea;
  /** Event time: of the first fix that spoke for it. */
  atMs: number;
  /** When it was certain enough. */
  noticedAtMs: number;
}

/** The areas, as far as the tracker needs them. */
export interface PlacesAround {
  near(latitudeDegrees: number, longitudeDegrees: number, reachMetres: number): { key: string }[];
  metresInside(key: string, latitudeDegrees: number, longitudeDegrees: number): number | undefined;
}

/** Areas are followed from here on, so that a machine's fixes are known before it can enter. */
export const FOLLOWED_METRES = 500;
/** So far a machine may be moved while what staff said of its place goes on holding. */
const TOLD_HOLDS_METRES = 60;
const MINUTE_MS = 60_000;

export interface PlaceStep {
  /** Undefined: there is nothing to remember, the machine is far from every area. */
  memory: PlaceMemory | undefined;
  changes: PlaceChange[];
  fate: FixFate;
}

/**
 * Follows one machine by one observation. Pure: time is the observation's.
 * @param lastPlace what is known of the machine from before, where there is no memory; so that its first fix can be a jump
 */
export function followPlace(
  memory: PlaceMemory | undefined,
  observation: Observation,
  around: PlacesAround,
  policy: PlacePolicy,
  lastPlace: KeptFix | null = null,
): PlaceStep {
  if (!memory && !isNearAnArea(observation.fix, around)) {
    return { memory: undefined, changes: [], fate: observation.fix ? "believed" : "blind" };
  }
  const known = memory ?? { fixes: firstFixes(lastPlace), areas: {} };
  const { fixes, fate } = believe(known.fixes, observation, policy);
  if (fate === "late") return { memory, changes: [], fate };
  const changes: PlaceChange[] = [];
  const areas: Record<string, PlaceInArea> = {};
  const place = believedPlace(fixes);
  const isSeen = fate === "believed" || fate === "jumped";
  const keys = new Set(Object.keys(known.areas));
  if (isSeen && place) {
    const { latitudeDegrees, longitudeDegrees } = place;
    for (const { key } of around.near(latitudeDegrees, longitudeDegrees, FOLLOWED_METRES)) keys.add(key);
  }
  for (const key of keys) {
    const before = known.areas[key] ?? outsideSince(observation.atMs);
    const followed =
      isSeen && place
        ? seen(before, { key, place, atMs: observation.atMs, isJump: fate === "jumped" }, around, policy)
        : unseen(before, fixes, observation.atMs, policy);
    if (!followed) continue;
    const next = fate === "blind" ? followed : unlessContradicted(followed, key, observation, around, policy);
    if (next.state !== before.state) changes.push(changeOf(key, before, next, observation.atMs));
    areas[key] = next;
  }
  const isAnywhere = Object.keys(areas).length > 0;
  // A machine far from all areas is remembered only while something about its fixes is open.
  const isKept = isAnywhere || fixes.strange !== null;
  return { memory: isKept ? { fixes, areas } : undefined, changes, fate };
}

/** Most machines are far from every area most of the time: for them this is all that happens. */
function isNearAnArea(fix: Fix | null, around: PlacesAround): boolean {
  return fix !== null && around.near(fix.latitudeDegrees, fix.longitudeDegrees, FOLLOWED_METRES).length > 0;
}

export function outsideSince(atMs: number): PlaceInArea {
  return {
    state: "outside",
    sinceMs: atMs,
    method: "gps",
    sure: "outside",
    lean: null,
    doubtUntilMs: null,
    told: null,
  };
}

interface Seen {
  key: string;
  place: Fix;
  atMs: number;
  isJump: boolean;
}

/** The place after a believed fix; undefined when the area need not be followed any more. */
function seen(
  before: PlaceInArea,
  { key, place, atMs, isJump }: Seen,
  around: PlacesAround,
  policy: PlacePolicy,
): PlaceInArea | undefined {
  const metresInside = around.metresInside(key, place.latitudeDegrees, place.longitudeDegrees);
  // The area is no more: whoever was in it has left.
  if (metresInside === undefined) return before.state === "outside" ? undefined : gone(before, atMs);
  const said = whatFixSays(before, place, metresInside, policy);
  const doubtUntilMs = doubtAfter(before, said, atMs, isJump, policy);
  const to = said === "outside" && doubtUntilMs !== null && atMs < doubtUntilMs ? "unsure" : said;
  if (to === before.state) {
    const isFar = before.state === "outside" && metresInside < -FOLLOWED_METRES;
    const told = before.state === "outside" && !isAsTold(before, place) ? null : before.told;
    return isFar ? undefined : { ...before, lean: null, doubtUntilMs, told };
  }
  const isAgreed = before.lean?.to === to;
  const lean = isAgreed ? { ...before.lean!, fixes: before.lean!.fixes + 1 } : { to, fixes: 1, fromMs: atMs };
  const heldSeconds = (atMs - lean.fromMs) / 1000;
  const isTouch = to === "unsure" && !isJump && before.state === "outside";
  const neededSeconds = isTouch ? policy.placeTouchSeconds : policy.placeDwellSeconds;
  // What a jump shows has held long enough to be taken; that it is doubtful need not be shown again.
  const isAtOnce = isJump && to === "unsure";
  if (!isAtOnce && (lean.fixes < policy.placeAgreeingFixes || heldSeconds < neededSeconds)) {
    return { ...before, lean, doubtUntilMs };
  }
  return become(before, to, lean.fromMs, doubtUntilMs);
}

function become(
  before: PlaceInArea,
  state: PlaceState,
  sinceMs: number,
  doubtUntilMs: number | null,
): PlaceInArea {
  return {
    ...before,
    state,
    sinceMs,
    method: "gps",
    sure: state === "unsure" ? before.sure : state,
    lean: null,
    contradicted: null,
    doubtUntilMs: state === "unsure" ? doubtUntilMs : null,
    told: null,
  };
}

function gone(before: PlaceInArea, atMs: number): PlaceInArea {
  return become(before, "outside", atMs, null);
}

/** What the believed place alone speaks for, with hysteresis: between the two edges everything stays as it is. */
function whatFixSays(before: PlaceInArea, place: Fix, metresInside: number, policy: PlacePolicy): PlaceState {
  const { accuracyMetres } = place;
  if (metresInside > Math.max(policy.placeEnterMetres, accuracyMetres)) return "inside";
  if (-metresInside > Math.max(policy.placeExitMetres, accuracyMetres)) return "outside";
  if (before.state !== "outside" || metresInside <= -accuracyMetres) return before.state;
  return isAsTold(before, place) ? "outside" : "unsure";
}

/**
 * Where fix after fix lies beyond the edge, though none far enough beyond its error to be out, or none believed yet,
 * the machine is not surely inside any more: the person is asked rather than left waiting for a better fix.
 */
function unlessContradicted(
  place: PlaceInArea,
  key: string,
  { atMs, fix }: Observation,
  around: PlacesAround,
  policy: PlacePolicy,
): PlaceInArea {
  const metresInside = fix && around.metresInside(key, fix.latitudeDegrees, fix.longitudeDegrees);
  // What a person said to be inside is for satellites to undo only where they are sure.
  const isBeyond = (metresInside ?? 0) < 0 && place.state === "inside" && place.method === "gps";
  if (!isBeyond) return place.contradicted ? { ...place, contradicted: null } : place;
  const fixes = (place.contradicted?.fixes ?? 0) + 1;
  const fromMs = place.contradicted?.fromMs ?? atMs;
  const isLong = atMs - fromMs >= policy.placeContradictedSeconds * 1000;
  return fixes >= policy.placeAgreeingFixes && isLong
    ? become(place, "unsure", fromMs, place.doubtUntilMs)
    : { ...place, contradicted: { fixes, fromMs } };
}

function isAsTold({ told }: PlaceInArea, place: Fix): boolean {
  if (!told?.place) return false;
  const [latitudeDegrees, longitudeDegrees] = told.place;
  return (
    distanceMetres({ latitudeDegrees, longitudeDegrees }, place) <= TOLD_HOLDS_METRES + place.accuracyMetres
  );
}

/** Whoever comes out of an area by a jump is doubted for a while: satellites can be forged, wheels cannot. */
function doubtAfter(
  before: PlaceInArea,
  said: PlaceState,
  atMs: number,
  isJump: boolean,
  policy: PlacePolicy,
): number | null {
  if (said === "inside") return null;
  if (isJump && before.state !== "outside" && said === "outside") {
    return atMs + policy.placeJumpDoubtMinutes * MINUTE_MS;
  }
  return before.doubtUntilMs;
}

/** The place without a believed fix: never an exit; unsure once it has lasted. */
function unseen(before: PlaceInArea, fixes: BelievedFixes, atMs: number, policy: PlacePolicy): PlaceInArea {
  if (before.state !== "inside") return before;
  const lastSeenMs = fixes.last?.[3] ?? before.sinceMs;
  const untilMs =
    before.method === "gps"
      ? lastSeenMs + policy.placeBlindMinutes * MINUTE_MS
      : Math.max(before.told?.atMs ?? before.sinceMs, lastSeenMs) + policy.placeSignHours * 60 * MINUTE_MS;
  return atMs < untilMs ? before : become(before, "unsure", untilMs, null);
}

export function changeOf(
  key: string,
  before: PlaceInArea,
  place: PlaceInArea,
  noticedAtMs: number,
): PlaceChange {
  const kind =
    place.state === "unsure"
      ? "unsure"
      : place.state === before.sure
        ? "sure"
        : place.state === "inside"
          ? "entered"
          : "left";
  return { key, kind, place, atMs: place.sinceMs, noticedAtMs };
}
