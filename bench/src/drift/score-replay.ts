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
  /** Of the clear exits: until the machine was said to be outside, or no longer said to be inside. */
  clearDoubtSeconds: number[];
  /** The same, counted from the last fix within the edge where the receiver itself still said inside after the exit. */
  clearDoubtSecondsFromLastInside: number[];
  /** Of the clear exits: the receiver had fewer than two fixes in the minute after, so that nobody could see it. */
  clearBlindExits: number;
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

/** A time from which on, and until which, the machine was unsure. */
export interface Doubt {
  fromMs: number;
  untilMs: number;
}

/** Ours. Unsure is neither an entry nor an exit; how long it lasts is told beside. */
export function tracked(
  { area, observations, crossings }: DriftReplay,
  policy: PlacePolicy = defaultPlacePolicy,
): { told: Told[]; doubted: Doubt[]; samples: Truths } {
  const index = new AreaIndex([{ key: "area", shape: area }]);
  const told: Told[] = [];
  const doubted: Doubt[] = [];
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
      const open = doubted.at(-1);
      if (open?.untilMs === Number.POSITIVE_INFINITY) open.untilMs = noticedAtMs;
      if (kind === "unsure") doubted.push({ fromMs: noticedAtMs, untilMs: Number.POSITIVE_INFINITY });
      if (kind === "entered" || kind === "left") told.push({ kind, atMs: noticedAtMs });
    }
  }
  return { told, doubted, samples };
}

/** A visit as short as a drive past need not be told of, nor an absence. */
const SHORT_MS = 60_000;

function fixesWithin(observations: DriftReplay["observations"], fromMs: number): number {
  return observations.filter(({ atMs, fix }) => fix && atMs >= fromMs && atMs <= fromMs + 60_000).length;
}

/** The newest fix within the area between two instants; the first instant where there is none. */
function lastInside({ area, observations }: DriftReplay, fromMs: number, untilMs: number): number {
  const index = new AreaIndex([{ key: "area", shape: area }]);
  const last = observations.findLast(
    ({ atMs, fix }) =>
      fix &&
      atMs > fromMs &&
      atMs <= untilMs &&
      index.metresInside("area", fix.latitudeDegrees, fix.longitudeDegrees)! >= 0,
  );
  return last?.atMs ?? fromMs;
}

/**
 * Each true crossing answers for one that is told after it and before the next true crossing of its kind; everything
 * else that is told is false. Who was never told to be in need not be told to have left.
 */
export function scoreOf(replay: DriftReplay, told: readonly Told[], doubted: readonly Doubt[] = []): Score {
  const { crossings } = replay;
  const score: Score = {
    falseEntries: 0,
    falseExits: 0,
    exitSeconds: [],
    clearExitSeconds: [],
    clearDoubtSeconds: [],
    clearDoubtSecondsFromLastInside: [],
    clearBlindExits: 0,
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
        if (crossing.isClear) {
          score.clearExitSeconds.push(seconds);
          const doubt = doubted.find(({ untilMs }) => untilMs > crossing.atMs);
          const doubtAtMs = Math.max(crossing.atMs, Math.min(answer.atMs, doubt?.fromMs ?? answer.atMs));
          const lastInsideMs = lastInside(replay, crossing.atMs, doubtAtMs);
          score.clearDoubtSeconds.push((doubtAtMs - crossing.atMs) / 1000);
          score.clearDoubtSecondsFromLastInside.push((doubtAtMs - lastInsideMs) / 1000);
          if (fixesWithin(replay.observations, crossing.atMs) < 2) score.clearBlindExits++;
        }
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
