import type { ClearanceState } from "./clearance-state.ts";
import { type ClearanceTurn, MINUTE_MS, tell } from "./clearance-turn.ts";
import { endPermit } from "./permit-steps.ts";
import { ageScene } from "./scene-pass.ts";
import { callStation, escalate } from "./station-call.ts";
import { askWatch, missWatch, warn } from "./watch-steps.ts";
import { finishWork } from "./work-steps.ts";

interface Deadline {
  atMs: number;
  run(turn: ClearanceTurn): void;
}

/** The earliest thing that time alone brings about; undefined when nothing does. Milliseconds since 1970. */
export function nextDeadlineMs(turn: Pick<ClearanceTurn, "state" | "policy">): number | undefined {
  return earliest(turn)?.atMs;
}

/** Lets time pass to `atMs`: every deadline in its order, each at its own instant. */
export function passTime(turn: ClearanceTurn, atMs: number): void {
  for (let due = earliest(turn); due && due.atMs <= atMs; due = earliest(turn)) {
    turn.state.atMs = Math.max(turn.state.atMs, due.atMs);
    due.run(turn);
  }
  turn.state.atMs = Math.max(turn.state.atMs, atMs);
}

function earliest({ state, policy }: Pick<ClearanceTurn, "state" | "policy">): Deadline | undefined {
  if (state.end) return undefined;
  const all = [
    ...permitDeadlines(state),
    ...sceneDeadlines(state),
    ...stationDeadlines(state),
    ...watchDeadlines(state),
    ...workDeadlines(state, policy),
    ...smoulderDeadlines(state, policy),
  ];
  return all.reduce<Deadline | undefined>(
    (best, one) => (best && best.atMs <= one.atMs ? best : one),
    undefined,
  );
}

function permitDeadlines({ permit, work }: ClearanceState): Deadline[] {
  if (permit === null || permit.status === "waiting" || work.isFinished) return [];
  return [{ atMs: permit.validToMs, run: (turn) => endPermit(turn, "permit-expired") }];
}

function sceneDeadlines({ scene, work }: ClearanceState): Deadline[] {
  if (scene.status === "waiting" && scene.dueAtMs !== null && !scene.wasReminded) {
    return [{ atMs: scene.dueAtMs, run: remindReviewers }];
  }
  const isUnused = scene.status === "passed" && work.openSessionId === null && work.sessionCount === 0;
  return isUnused && scene.validToMs !== null ? [{ atMs: scene.validToMs, run: ageScene }] : [];
}

function remindReviewers(turn: ClearanceTurn): void {
  turn.state.scene = { ...turn.state.scene, wasReminded: true };
  tell(turn, "scene-overdue", "reviewers", "welder");
}

function stationDeadlines({ station }: ClearanceState): Deadline[] {
  return station === null || station.dueAtMs === null ? [] : [{ atMs: station.dueAtMs, run: escalate }];
}

/** The watch is asked while it matters: from its scan until the last arc is out. Then the smoulder checks tell. */
function watchDeadlines({ watch, smoulder, station }: ClearanceState): Deadline[] {
  if (watch === null || watch.dueAtMs === null || smoulder !== null) return [];
  if (station !== null && station.status !== "released") return [];
  const run = { present: askWatch, asked: warn, warned: missWatch, absent: () => {} }[watch.status];
  return [{ atMs: watch.dueAtMs, run }];
}

function workDeadlines({ work, openedAtMs }: ClearanceState, policy: ClearanceTurn["policy"]): Deadline[] {
  if (work.isFinished || work.openSessionId !== null) return [];
  if (work.lastEndedAtMs !== null) {
    const atMs = work.lastEndedAtMs + policy.breakMinutes * MINUTE_MS;
    return [{ atMs, run: (turn) => finishWork(turn, true) }];
  }
  return [{ atMs: openedAtMs + policy.unusedHours * 60 * MINUTE_MS, run: expire }];
}

function expire(turn: ClearanceTurn): void {
  turn.state.end = { kind: "expired", atMs: turn.state.atMs };
  tell(turn, "clearance-expired", "welder");
}

function smoulderDeadlines(
  { smoulder, station }: ClearanceState,
  policy: ClearanceTurn["policy"],
): Deadline[] {
  if (smoulder === null || (station?.cause === "smoulder" && station.status !== "released")) return [];
  const { nextCheckDueAtMs, wasReminded } = smoulder;
  if (nextCheckDueAtMs === Number.MAX_SAFE_INTEGER) return [];
  if (!wasReminded) return [{ atMs: nextCheckDueAtMs, run: remindOfCheck }];
  const lateMs = nextCheckDueAtMs + policy.smoulderCheckGraceMinutes * MINUTE_MS;
  return [{ atMs: lateMs, run: missCheck }];
}

function remindOfCheck(turn: ClearanceTurn): void {
  turn.state.smoulder = { ...turn.state.smoulder!, wasReminded: true };
  tell(turn, "smoulder-check-due", "watch", "welder");
}

/** Nobody looked: told once more, then the station looks. */
function missCheck(turn: ClearanceTurn): void {
  const { state, policy } = turn;
  const smoulder = state.smoulder!;
  const misses = smoulder.misses + 1;
  const nextCheckDueAtMs = state.atMs + policy.smoulderCheckGraceMinutes * MINUTE_MS;
  state.smoulder = { ...smoulder, misses, nextCheckDueAtMs, wasReminded: false };
  tell(turn, "smoulder-check-late", "watch", "welder", "reviewers");
  if (misses > 1) callStation(turn, "smoulder");
}
