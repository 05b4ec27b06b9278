import type { Position } from "@hanyouxu/protocol";
import type { Clause } from "../clause.ts";
import { distanceMetres } from "../distance.ts";
import {
  type ConflictKind,
  type ConflictLimit,
  conflictLimits,
  type OtherWorkKind,
} from "./incompatible-work.ts";
import type { HotWorkRegime } from "./regime.ts";

/**
 * Metres from one floor to the next where no height is given. Storeys are rarely lower: a low number counts more work as
 * near.
 */
export const storeyMetres = 3;

/** A worse fix counts as this many metres: otherwise a phone without a sky would be near everything. */
export const mostAccuracyMetres = 20;

/** Work at a point over a time, as far as conflicts ask. */
export interface PlacedWork {
  work: { kind: "hot-work"; regime: HotWorkRegime } | { kind: OtherWorkKind };
  /** Whoever does it; two firms' hot work can conflict, one firm's cannot. */
  firmId: string;
  place: Pick<Position, "latitudeDegrees" | "longitudeDegrees" | "accuracyMetres">;
  /** Metres around the place that the work takes up: a wall that is painted is no point. 0 for hot work. */
  extentMetres: number;
  /** As on a lift's button: `B1`, `1`, `12`; null where nobody said. */
  floor: string | null;
  /** Metres above the ground; goes before the floor. */
  heightMetres: number | null;
  /** Milliseconds since 1970, the first that counts. */
  fromMs: number;
  /** The first that counts no more; null: until somebody ends it. */
  toMs: number | null;
}

/** Two works that must not go on at the same time. */
export interface WorkConflict {
  /** What the hot work conflicts with. */
  kind: ConflictKind;
  limitMetres: number;
  /** On the ground, between the edges of the two. */
  horizontalMetres: number;
  /** Between their heights; null where one of them is not known: then they count as level. */
  verticalMetres: number | null;
  /** False: they are apart by their places, and within the limit only by the fixes' error. */
  isSure: boolean;
  /** While both go on; `toMs` null: until one of them is ended. Milliseconds since 1970. */
  fromMs: number;
  toMs: number | null;
  clause: Clause;
}

/**
 * Whether two works conflict, the same whichever comes first; null when they do not. The distance itself counts as too
 * near. Vertical metres are held against the same limit as horizontal ones: GB 30871 5.2.9 names what is above and below.
 */
export function workConflict(one: PlacedWork, other: PlacedWork): WorkConflict | null {
  const limit = limitOf(one, other);
  const fromMs = Math.max(one.fromMs, other.fromMs);
  const toMs = earlier(one.toMs, other.toMs);
  if (!limit || (toMs !== null && fromMs >= toMs)) return null;
  const verticalMetres = metresBetweenHeights(one, other);
  const horizontalMetres = toCentimetres(
    Math.max(0, distanceMetres(one.place, other.place) - one.extentMetres - other.extentMetres),
  );
  if ((verticalMetres ?? 0) > limit.metres) return null;
  if (horizontalMetres - errorOf(one) - errorOf(other) > limit.metres) return null;
  return {
    kind: limit.kind,
    limitMetres: limit.metres,
    horizontalMetres,
    verticalMetres,
    isSure: horizontalMetres <= limit.metres,
    fromMs,
    toMs,
    clause: limit.clause,
  };
}

/** The farthest that two works can be apart and conflict, in metres between their edges. */
export const mostConflictMetres = 30 + 2 * mostAccuracyMetres;

function limitOf(one: PlacedWork, other: PlacedWork): ConflictLimit | undefined {
  const regimes = [one, other].flatMap(({ work }) => (work.kind === "hot-work" ? [work.regime] : []));
  const declared = [one, other].flatMap(({ work }) => (work.kind === "hot-work" ? [] : [work.kind]));
  // Two declared works are nothing to each other; one firm knows of its own hot work.
  if (declared.length === 2 || (declared.length === 0 && one.firmId === other.firmId)) return undefined;
  const kind = declared[0] ?? "hot-work";
  return regimes.flatMap(conflictLimits).find((limit) => limit.kind === kind);
}

/** No fix is finer, and the limit itself is not lost to rounding. */
const toCentimetres = (metres: number) => Math.round(metres * 100) / 100;

const errorOf = ({ place }: PlacedWork) => Math.min(place.accuracyMetres, mostAccuracyMetres);

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function metresBetweenHeights(one: PlacedWork, other: PlacedWork): number | null {
  if (one.heightMetres !== null && other.heightMetres !== null) {
    return Math.abs(one.heightMetres - other.heightMetres);
  }
  const heights = [one, other].map(({ heightMetres, floor }) => heightMetres ?? heightOfFloor(floor));
  return heights[0] == null || heights[1] == null ? null : Math.abs(heights[0] - heights[1]);
}

/** Metres above the ground of `B1`, `1`, `12`, `12A`, also written `-1`, `12F`, `12楼`; undefined for a roof and other words. */
export function heightOfFloor(floor: string | null): number | undefined {
  const found = /^(?:(?<below>B|-)|F)?(?<number>\d{1,3})[A-E]?(?:F|楼|层)?$/iu.exec(floor?.trim() ?? "");
  if (!found) return undefined;
  const number = Number(found.groups!.number);
  // There is no floor 0: what is written so stands on the ground.
  const storeys = found.groups!.below ? -number : Math.max(0, number - 1);
  return storeys * storeyMetres;
}
