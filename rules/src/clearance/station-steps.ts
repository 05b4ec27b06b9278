import type { ClearanceEvent, ClearanceRefusal } from "./clearance-state.ts";
import { type ClearanceTurn, MINUTE_MS, stopNewArcs, tell } from "./clearance-turn.ts";
import { passScene } from "./scene-pass.ts";
import { restartSmoulder } from "./smoulder-steps.ts";

type StationEvent = Extract<
  ClearanceEvent,
  { kind: "station-accepted" | "station-arrived" | "station-decided" }
>;

/** Accept, arrive, decide at the place: in this order. */
export function takeStationEvent(turn: ClearanceTurn, event: StationEvent): ClearanceRefusal | undefined {
  const { state, policy } = turn;
  const { station } = state;
  if (station === null) return "station-not-called";
  if (event.kind === "station-accepted") {
    if (station.status !== "alerted") return "station-order";
    const dueAtMs = state.atMs + policy.stationArriveMinutes * MINUTE_MS;
    state.station = { ...station, status: "accepted", dueAtMs };
    return undefined;
  }
  if (event.kind === "station-arrived") {
    if (station.status !== "accepted") return "station-order";
    state.station = { ...station, status: "on-site", dueAtMs: null };
    return undefined;
  }
  if (station.status !== "on-site") return "station-order";
  if (event.decision === "release") release(turn);
  else forbid(turn);
  return undefined;
}

function release(turn: ClearanceTurn): void {
  const { state } = turn;
  state.station = { ...state.station!, status: "released", dueAtMs: null };
  if (state.station.cause === "scene") passScene(turn);
  else restartSmoulder(turn);
  tell(turn, "station-released", "welder");
}

function forbid(turn: ClearanceTurn): void {
  const { state } = turn;
  state.station = { ...state.station!, status: "forbidden", dueAtMs: null };
  stopNewArcs(turn, "permit-ended");
  state.end = { kind: "forbidden", atMs: state.atMs };
  if (state.permit) turn.effects.push({ kind: "close-permit", permitId: state.permit.permitId });
  tell(turn, "station-forbade", "welder");
}
