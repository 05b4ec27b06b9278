import {
  AreaIndex,
  defaultPlacePolicy,
  followPlace,
  type PlaceMemory,
  type PlacePolicy,
} from "@hanyouxu/server/fence";
import type { Crossing, DriftReplay } from "./drift-replay.ts";

/** An entry or an exit that somebody is told of, when he is told. */
export type Told = Crossing;

export interface Score {
  /** Told, though nothing was entered or left. */
  falseEntries: number;
  falseExits: number;
  /** Really left, and told of in the end. */
  exitSeconds: number[];
  /** The same, of those who went clear of the edge and did not only step over it. */
  clearExitSeconds: number[];
  entrySeconds: number[];
  /** Never told of before the next crossing. */
  missedEntries: number;
  missedExits: number;
}

/** The peer: in or out by the newest fix alone, as trackers do without further rules. */
export function singleFixRule({ area, observations }: DriftReplay): Told[] {
  const index = new AreaIndex([{ key: "area", shape: area }]);
  const told: Told[] = [];
  let isIn = false;
  for (const { atMs, fix } of observations) {
    if (!fix) continue;
    const isInNow = index.metresInside("area", fix.latitudeDegrees, fix.longitudeDegrees)! > 0;
    if (isInNow !== isIn) told.push({ kind: isInNow ? "entered" : "left", atMs });
    isIn = isInNow;
  }
  return told;
}

/** How many samples say what, and what is true meanwhile. */
export interface Truths {
  unsure: number;
  inside: number;
  /** Said to be outside, of those that are inside: what a fence exists to prevent. */
  unnoticed: number;
}

/** Ours. Unsure is neither an entry nor an exit; how long it lasts is told beside. */
export function tracked(
  { area, observations, crossings }: DriftReplay,
  policy: PlacePolicy = defaultPlacePolicy,
): { told: Told[]; samples: Truths } {
  const index = new AreaIndex([{ key: "area", shape: area }]);
  const told: Told[] = [];
  const samples: Truths = { unsure: 0, inside: 0, unnoticed: 0 };
  let memory: PlaceMemory | undefined;
  let crossing = 0;
  for (const observation of observations) {
    const step = followPlace(memory, observation, index, policy);
    memory = step.memory;
    const state = memory?.areas.area?.state ?? "outside";
    while (crossing < crossings.length && crossings[crossing]!.atMs <= observation.atMs) crossing++;
    const isInside = crossings[crossing - 1]?.kind === "entered";
    if (state === "unsure") samples.unsure++;
    if (isInside) samples.inside++;
    if (isInside && state === "outside") samples.unnoticed++;
    for (const { kind, noticedAtMs } of step.changes) {
      if (kind === "entered" || kind === "left") told.push({ kind, atMs: noticedAtMs });
    }
  }
  return { told, samples };
}

/** A visit as short as a drive past need not be told of, nor an absence. */
const SHORT_MS = 60_000;

/**
 * Each true crossing answers for one that is told after it and before the next true crossing of its kind; everything
 * else that is told is false. Who was never told to be in need not be told to have left.
 */
export function scoreOf(crossings: readonly Crossing[], told: readonly Told[]): Score {
  const score: Score = {
    falseEntries: 0,
    falseExits: 0,
    exitSeconds: [],
    clearExitSeconds: [],
    entrySeconds: [],
    missedEntries: 0,
    missedExits: 0,
  };
  const answered = new Set<Told>();
  crossings.forEach((crossing, index) => {
    const isExit = crossing.kind === "left";
    const toldBefore = told.findLast(({ atMs }) => atMs < crossing.atMs)?.kind ?? "left";
    if (toldBefore === crossing.kind) return;
    const nextOfKind = crossings.slice(index + 1).find(({ kind }) => kind === crossing.kind);
    const untilMs = nextOfKind?.atMs ?? Number.POSITIVE_INFINITY;
    const undoneMs = (crossings[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) - crossing.atMs;
    const answer = told.find(
      ({ kind, atMs }) => kind === crossing.kind && atMs >= crossing.atMs && atMs < untilMs,
    );
    if (answer && !answered.has(answer)) {
      answered.add(answer);
      if (undoneMs > SHORT_MS) {
        const seconds = (answer.atMs - crossing.atMs) / 1000;
        (isExit ? score.exitSeconds : score.entrySeconds).push(seconds);
        if (crossing.isClear) score.clearExitSeconds.push(seconds);
      }
    } else if (undoneMs > SHORT_MS) {
      if (isExit) score.missedExits++;
      else score.missedEntries++;
    }
  });
  for (const one of told) {
    if (answered.has(one)) continue;
    if (one.kind === "left") score.falseExits++;
    else score.falseEntries++;
  }
  return score;
}
