import type { ClearanceEvent, ClearanceRefusal } from "./clearance-state.ts";
import { type ClearanceTurn, MINUTE_MS, tell } from "./clearance-turn.ts";
import { passScene } from "./scene-pass.ts";
import { callStation } from "./station-call.ts";

type SceneEvent = Extract<ClearanceEvent, { sceneCheckId: string }>;

/** The scene is shown, judged, shown again; the last failure calls the station, and then only it can decide. */
export function takeSceneEvent(turn: ClearanceTurn, event: SceneEvent): ClearanceRefusal | undefined {
  const { state, policy } = turn;
  const { scene } = state;
  if (!state.demands.sceneCheck) return "not-demanded";
  if (event.kind === "scene-submitted") {
    if (state.work.isFinished) return "finished-already";
    if (state.work.openSessionId !== null) return "session-runs";
    if (scene.status === "waiting" || scene.status === "referred") return "scene-waits";
    if (scene.status === "passed") return "scene-passed-already";
    state.scene = {
      ...scene,
      status: "waiting",
      attempts: scene.attempts + 1,
      sceneCheckId: event.sceneCheckId,
      dueAtMs: state.atMs + policy.sceneReviewMinutes * MINUTE_MS,
      wasReminded: false,
      validToMs: null,
    };
    tell(turn, "scene-waits", "reviewers");
    return undefined;
  }
  if (scene.status !== "waiting" || scene.sceneCheckId !== event.sceneCheckId) return "scene-not-waiting";
  const fails = scene.fails + (event.verdict === "fail" ? 1 : 0);
  const mustRefer = event.verdict === "refer" || fails >= policy.sceneAttempts;
  if (event.verdict === "pass") passScene(turn);
  else {
    state.scene = { ...scene, fails, status: mustRefer ? "referred" : "failed", dueAtMs: null };
    tell(turn, mustRefer ? "scene-referred" : "scene-failed", "welder");
    if (mustRefer) callStation(turn, "scene");
  }
  return undefined;
}
