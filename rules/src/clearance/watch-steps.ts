import { isPermitGood, isSceneGood } from "./clearance-phase.ts";
import type { ClearanceEvent, ClearanceRefusal } from "./clearance-state.ts";
import { type ClearanceTurn, MINUTE_MS, stopNewArcs, tell } from "./clearance-turn.ts";

type WatchEvent = Extract<ClearanceEvent, { kind: "watch-confirmed" | "watch-seen" }>;

/** The fire watch: takes over by the site code at the place, is seen there, goes missing, comes back. */
export function takeWatchEvent(turn: ClearanceTurn, event: WatchEvent): ClearanceRefusal | undefined {
  const { state } = turn;
  if (!state.demands.fireWatch) return "not-demanded";
  return event.kind === "watch-confirmed" ? confirm(turn, event) : see(turn, event);
}

function confirm(
  turn: ClearanceTurn,
  { personId }: Extract<WatchEvent, { kind: "watch-confirmed" }>,
): ClearanceRefusal | undefined {
  const { state } = turn;
  if (personId === state.welderPersonId) return "welder-is-watch";
  if (personId === state.permit?.approverId) return "approver-is-watch";
  if (!state.work.isFinished) {
    if (!isPermitGood(state, state.atMs)) return "permit-not-approved";
    if (!isSceneGood(state)) return "scene-not-passed";
  }
  const before = state.watch;
  if (before !== null && before.personId !== personId) tell(turn, "watch-relieved", "watch");
  if (before !== null && !isThere(before.status)) tell(turn, "watch-returned", "welder");
  state.watch = { personId, status: "present", dueAtMs: nextQuestionMs(turn) };
  return undefined;
}

function see(
  turn: ClearanceTurn,
  { personId, isAtPlace }: Extract<WatchEvent, { kind: "watch-seen" }>,
): ClearanceRefusal | undefined {
  const { state } = turn;
  const { watch } = state;
  if (watch?.personId !== personId) return "not-the-watch";
  if (isAtPlace) {
    if (watch.status === "present") return undefined;
    if (!isThere(watch.status)) tell(turn, "watch-returned", "welder");
    state.watch = { ...watch, status: "present", dueAtMs: nextQuestionMs(turn) };
  } else if (isThere(watch.status)) warn(turn);
  return undefined;
}

const isThere = (status: "present" | "asked" | "warned" | "absent") =>
  status === "present" || status === "asked";

/** The question comes at a moment nobody can know. */
export function askWatch(turn: ClearanceTurn): void {
  const { state, policy } = turn;
  const dueAtMs = state.atMs + policy.watchAnswerMinutes * MINUTE_MS;
  state.watch = { ...state.watch!, status: "asked", dueAtMs };
  tell(turn, "watch-asked", "watch");
}

/** The watch left or does not answer: both are told, and the grace begins. */
export function warn(turn: ClearanceTurn): void {
  const { state, policy } = turn;
  const dueAtMs = state.atMs + policy.watchGraceMinutes * MINUTE_MS;
  state.watch = { ...state.watch!, status: "warned", dueAtMs };
  tell(turn, "watch-warned", "welder", "watch");
}

export function missWatch(turn: ClearanceTurn): void {
  const { state } = turn;
  state.watch = { ...state.watch!, status: "absent", dueAtMs: null };
  stopNewArcs(turn, "watch-absent");
  tell(turn, "watch-absent", "welder", "watch", "reviewers");
}

function nextQuestionMs({ state, policy, random }: ClearanceTurn): number {
  const { watchAskLeastMinutes: least, watchAskMostMinutes: most } = policy;
  return state.atMs + Math.round((least + random * Math.max(0, most - least)) * MINUTE_MS);
}
