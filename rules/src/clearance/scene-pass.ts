import { type ClearanceTurn, MINUTE_MS, tell } from "./clearance-turn.ts";

/** From now on work must begin soon: what was seen does not stay as it was. */
export function passScene(turn: ClearanceTurn): void {
  const { state, policy } = turn;
  const validToMs = state.atMs + policy.scenePassMinutes * MINUTE_MS;
  state.scene = { ...state.scene, status: "passed", dueAtMs: null, validToMs };
  tell(turn, "scene-passed", "welder");
}

/** The pass is too old: the scene is shown again, which is no failure. */
export function ageScene(turn: ClearanceTurn): void {
  const { state } = turn;
  state.scene = { ...state.scene, status: "missing", sceneCheckId: null, validToMs: null };
  // The station's release was for the same moment.
  if (state.station?.cause === "scene") state.station = null;
  tell(turn, "scene-too-old", "welder");
}
