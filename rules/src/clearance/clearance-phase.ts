import type { ClearancePhase, ClearanceState } from "./clearance-state.ts";

/** The steps a person sees, in order. */
export const clearanceSteps = ["permit", "scene", "check", "watch", "work", "smoulder"] as const;
export type ClearanceStep = (typeof clearanceSteps)[number];

export interface ShownStep {
  step: ClearanceStep;
  /** `open`: it can be done now; `waiting`: on somebody else; `blocked`: by an earlier step; `done`; `not-demanded`. */
  status: "open" | "waiting" | "blocked" | "done" | "not-demanded";
}

export function isPermitGood({ demands, permit }: ClearanceState, atMs: number): boolean {
  if (!demands.permit) return true;
  return permit?.status === "approved" && atMs >= permit.validFromMs && atMs < permit.validToMs;
}

/** The scene was found safe, by a check or by the station at the place. */
export function isSceneGood({ demands, scene, station }: ClearanceState): boolean {
  if (!demands.sceneCheck) return true;
  if (station?.cause === "scene") return station.status === "released";
  return scene.status === "passed";
}

export function isWatchGood({ demands, watch }: ClearanceState): boolean {
  return !demands.fireWatch || watch?.status === "present" || watch?.status === "asked";
}

/** Whether the machine may start under this clearance at an instant (milliseconds since 1970). */
export function isReadyToStart(state: ClearanceState, atMs: number): boolean {
  return (
    state.end === null &&
    !state.work.isFinished &&
    isPermitGood(state, atMs) &&
    isSceneGood(state) &&
    isWatchGood(state) &&
    (state.scene.validToMs === null || atMs < state.scene.validToMs)
  );
}

/** The one word for where a clearance stands. */
export function phaseOf(state: ClearanceState, atMs: number = state.atMs): ClearancePhase {
  const { end, work, smoulder, scene, station } = state;
  if (end) return end.kind;
  if (station && station.status !== "released") return "referred";
  if (smoulder) return "smouldering";
  if (work.openSessionId !== null) return isWatchGood(state) ? "working" : "paused";
  if (work.isFinished) return "smouldering";
  if (scene.status === "waiting") return "checking";
  if (!isPermitGood(state, atMs) || !isSceneGood(state)) {
    return work.sessionCount > 0 ? "paused" : "preparing";
  }
  if (!isWatchGood(state)) return state.watch === null ? "watch-missing" : "paused";
  return "ready";
}

/** All steps with what each waits for, so that what is missing is always in sight. */
export function shownSteps(state: ClearanceState, atMs: number = state.atMs): ShownStep[] {
  const { demands, permit, scene, work, smoulder, end } = state;
  const isOver = end !== null;
  const step = (name: ClearanceStep, isDemanded: boolean, status: ShownStep["status"]): ShownStep => ({
    step: name,
    status: isDemanded ? status : "not-demanded",
  });
  const open = isOver ? "blocked" : "open";
  const waiting = isOver ? "blocked" : "waiting";
  const hasWorked = work.isFinished || smoulder !== null || end?.kind === "closed";
  const isPermitDone = hasWorked || isPermitGood(state, atMs);
  const isSceneDone = hasWorked || isSceneGood(state);
  const wasSent = scene.status === "waiting" || scene.status === "referred" || isSceneDone;
  const mayWatch = isPermitDone && isSceneDone;
  return [
    step("permit", demands.permit, isPermitDone ? "done" : permit?.status === "waiting" ? waiting : open),
    step("scene", demands.sceneCheck, wasSent ? "done" : open),
    step("check", demands.sceneCheck, isSceneDone ? "done" : wasSent ? waiting : "blocked"),
    step("watch", demands.fireWatch, hasWorked || isWatchGood(state) ? "done" : mayWatch ? open : "blocked"),
    step("work", true, hasWorked ? "done" : isReadyToStart(state, atMs) ? open : "blocked"),
    step("smoulder", demands.smoulderWatch, end?.kind === "closed" ? "done" : smoulder ? open : "blocked"),
  ];
}
