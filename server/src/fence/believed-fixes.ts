import { distanceMetres } from "@hanyouxu/rules";
import type { PlacePolicy } from "./place-policy.ts";

export interface Fix {
  latitudeDegrees: number;
  longitudeDegrees: number;
  accuracyMetres: number;
}

/** One sample of a chip, at the time of the event in platform milliseconds. */
export interface Observation {
  atMs: number;
  /** Null: no satellite fix, under a roof or in a basement. */
  fix: Fix | null;
  /** What the chip's own sense of motion says. */
  isMoving: boolean;
}

/** A fix with its time, as JSON keeps it: latitude, longitude, accuracy in metres, milliseconds. */
export type KeptFix = [latitude: number, longitude: number, accuracyMetres: number, atMs: number];

/** What is remembered of a machine's fixes. JSON. */
export interface BelievedFixes {
  /** The newest observation, with or without a fix: older ones come late and change nothing. */
  newestAtMs: number;
  /** The newest fix that was believed; null before the first. */
  last: KeptFix | null;
  /** Fixes since the machine came to rest, thinned out so that few cover all of the time. */
  resting: KeptFix[];
  /** Between two that are kept, in fixes; and how many have gone by since the last that was. */
  stride: number;
  skipped: number;
  /** It travels from the second sample in a row that feels motion to the second that feels none. */
  isTravelling: boolean;
  /** The last sample felt otherwise. */
  isContradicted: boolean;
  /** Fixes elsewhere that agree with one another and are not believed yet. */
  strange: {
    fromMs: number;
    fixes: number;
    last: KeptFix;
    /** Nothing travels so fast. */
    isImpossible: boolean;
    /** Motion was felt on the way there. */
    isFelt: boolean;
  } | null;
}

/**
 * What became of an observation.
 * - late: older than what is known; nothing changed
 * - blind: no fix, or one too vague
 * - strange: a fix that is not believed (yet)
 * - believed: the place is as remembered now; `moved` also when the machine turned out to be elsewhere
 * - jumped: believed because it holds, although nothing travels so fast: how it came there is not
 */
export type FixFate = "late" | "blind" | "strange" | "believed" | "jumped";

const MOST_RESTING = 15;
/** A resting machine's fixes may differ from its place by so much more than their error. */
const RESTING_SLACK_METRES = 10;

export function firstFixes(last: KeptFix | null): BelievedFixes {
  return {
    newestAtMs: last?.[3] ?? Number.NEGATIVE_INFINITY,
    last,
    resting: [],
    stride: 1,
    skipped: 0,
    isTravelling: false,
    isContradicted: false,
    strange: null,
  };
}

/** Takes one observation in. Pure: the same observations in the same order lead to the same memory. */
export function believe(
  before: BelievedFixes,
  { atMs, fix, isMoving }: Observation,
  policy: PlacePolicy,
): { fixes: BelievedFixes; fate: FixFate } {
  if (atMs <= before.newestAtMs) return { fixes: before, fate: "late" };
  const fixes = { ...before, newestAtMs: atMs };
  // One jolt is no journey: a hammer beside the machine feels like one. Motion is felt under a roof too.
  const isOtherwise = isMoving !== before.isTravelling;
  fixes.isTravelling = isOtherwise && before.isContradicted ? isMoving : before.isTravelling;
  fixes.isContradicted = isMoving !== fixes.isTravelling;
  if (!fix || !(fix.accuracyMetres <= policy.placeWorstAccuracyMetres)) return { fixes, fate: "blind" };
  const kept: KeptFix = [fix.latitudeDegrees, fix.longitudeDegrees, fix.accuracyMetres, atMs];
  // On its way to where it came to rest it still travelled.
  const isTravelling = before.isTravelling || fixes.isTravelling;
  if (!before.last || isBelievable(before, kept, isTravelling, policy)) {
    return { fixes: settled(fixes, kept), fate: "believed" };
  }
  const strange = strangeWith(before, kept, isMoving || before.isContradicted || isTravelling, policy);
  const heldSeconds = (atMs - strange.fromMs) / 1000;
  const neededSeconds = strange.isImpossible
    ? policy.placeJumpSeconds
    : strange.isFelt
      ? policy.placeDwellSeconds
      : policy.placeStillSeconds;
  if (strange.fixes < policy.placeAgreeingFixes || heldSeconds < neededSeconds) {
    return { fixes: { ...fixes, strange }, fate: "strange" };
  }
  const moved = { ...fixes, resting: [], stride: 1, skipped: 0 };
  return { fixes: settled(moved, kept), fate: strange.isImpossible ? "jumped" : "believed" };
}

/** Where the machine is taken to be: the middle of its fixes while it rests, the last one while it travels. */
export function believedPlace({ resting, last }: BelievedFixes): Fix | null {
  if (resting.length === 0) return last && fixOf(last);
  const middleOf = (item: 0 | 1 | 2) => {
    const sorted = resting.map((fix) => fix[item]).sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  };
  return { latitudeDegrees: middleOf(0), longitudeDegrees: middleOf(1), accuracyMetres: middleOf(2) };
}

function isBelievable(
  before: BelievedFixes,
  kept: KeptFix,
  isTravelling: boolean,
  policy: PlacePolicy,
): boolean {
  const { strange } = before;
  // Staying where it jumped to makes the jump no more possible.
  if (strange?.isImpossible && isWithinReach(strange.last, kept, policy)) {
    const atJump: KeptFix = [kept[0], kept[1], kept[2], strange.fromMs];
    if (!isWithinReach(before.last!, atJump, policy)) return false;
  }
  // Its first fix after a journey without any is no better than another: one that agrees must follow.
  const isFollowed = before.resting.length === 0 || before.newestAtMs === before.last![3];
  if (isTravelling && isFollowed) return isWithinReach(before.last!, kept, policy);
  const place = believedPlace(before)!;
  const metres = distanceMetres(place, fixOf(kept));
  return metres <= place.accuracyMetres + kept[2] + RESTING_SLACK_METRES;
}

/** Adds a fix to those that agree elsewhere, or begins anew with it. */
function strangeWith(
  before: BelievedFixes,
  kept: KeptFix,
  isFelt: boolean,
  policy: PlacePolicy,
): NonNullable<BelievedFixes["strange"]> {
  const { strange, last } = before;
  if (strange && isWithinReach(strange.last, kept, policy)) {
    return { ...strange, fixes: strange.fixes + 1, last: kept, isFelt: strange.isFelt || isFelt };
  }
  return { fromMs: kept[3], fixes: 1, last: kept, isImpossible: !isWithinReach(last!, kept, policy), isFelt };
}

/** Whether anything could have travelled from one fix to the other, their errors granted. */
function isWithinReach(from: KeptFix, to: KeptFix, policy: PlacePolicy): boolean {
  const seconds = Math.max(0, to[3] - from[3]) / 1000;
  const metres = distanceMetres(fixOf(from), fixOf(to)) - from[2] - to[2];
  return metres <= policy.placeFastestMetresPerSecond * seconds;
}

function settled(fixes: BelievedFixes, kept: KeptFix): BelievedFixes {
  const next = { ...fixes, last: kept, strange: null };
  if (fixes.isTravelling) return { ...next, resting: [], stride: 1, skipped: 0 };
  const skipped = fixes.skipped + 1;
  if (fixes.resting.length > 0 && skipped < fixes.stride) return { ...next, skipped };
  const resting = [...fixes.resting, kept];
  // Full: every second one goes, and from now on every second one comes.
  return resting.length <= MOST_RESTING
    ? { ...next, resting, skipped: 0 }
    : {
        ...next,
        resting: resting.filter((_, index) => index % 2 === 0),
        stride: fixes.stride * 2,
        skipped: 0,
      };
}

function fixOf([latitudeDegrees, longitudeDegrees, accuracyMetres]: KeptFix): Fix {
  return { latitudeDegrees, longitudeDegrees, accuracyMetres };
}
