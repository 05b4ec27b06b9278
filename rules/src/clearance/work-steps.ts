import { isReadyToStart } from "./clearance-phase.ts";
import type { ClearanceEvent, ClearanceRefusal } from "./clearance-state.ts";
import type { ClearanceTurn } from "./clearance-turn.ts";
import { startSmoulder } from "./smoulder-steps.ts";

type WorkEvent = Extract<ClearanceEvent, { kind: "session-started" | "session-ended" | "work-finished" }>;

/** Sessions under the clearance: stopping and starting again within the break is one job. */
export function takeWorkEvent(turn: ClearanceTurn, event: WorkEvent): ClearanceRefusal | undefined {
  const { state } = turn;
  const { work } = state;
  switch (event.kind) {
    case "session-started":
      if (work.openSessionId === event.workSessionId) return undefined;
      if (work.openSessionId !== null) return "other-session";
      if (!isReadyToStart(state, state.atMs)) return "not-ready";
      state.work = { ...work, openSessionId: event.workSessionId, sessionCount: work.sessionCount + 1 };
      state.scene = { ...state.scene, validToMs: null };
      return undefined;
    case "session-ended":
      if (work.openSessionId !== event.workSessionId) return "other-session";
      state.work = { ...work, openSessionId: null, lastEndedAtMs: state.atMs };
      if (work.isFinished) startSmoulder(turn);
      return undefined;
    case "work-finished":
      if (work.isFinished) return "finished-already";
      if (work.sessionCount === 0) return "nothing-welded";
      if (work.openSessionId !== null) return "session-runs";
      finishWork(turn, event.permitContinues);
      return undefined;
  }
}

/** No session follows. The smoulder watch begins when the last arc is out. */
export function finishWork(turn: ClearanceTurn, permitContinues: boolean): void {
  const { state } = turn;
  if (state.work.isFinished) return;
  state.work = { ...state.work, isFinished: true, permitContinues };
  if (state.work.openSessionId === null) startSmoulder(turn);
}
