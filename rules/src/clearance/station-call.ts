import type { StationCause } from "./clearance-state.ts";
import { type ClearanceTurn, MINUTE_MS } from "./clearance-turn.ts";

/** The station of the place is called; while it handles the case nothing else goes on. */
export function callStation(turn: ClearanceTurn, cause: StationCause): void {
  const { state, policy, effects } = turn;
  // A second call while the station is on its way is the same call.
  if (state.station?.cause === cause && state.station.status !== "released") return;
  const dueAtMs = state.atMs + policy.stationAcceptMinutes * MINUTE_MS;
  state.station = { status: "alerted", cause, level: 0, dueAtMs };
  effects.push({ kind: "call-station", cause, level: 0 });
}

/** Nobody accepted, or nobody came: the next level is called. */
export function escalate(turn: ClearanceTurn): void {
  const { state, policy, effects } = turn;
  const station = state.station!;
  const level = station.level + 1;
  const dueAtMs = state.atMs + policy.stationAcceptMinutes * MINUTE_MS;
  state.station = { ...station, status: "alerted", level, dueAtMs };
  effects.push({ kind: "call-station", cause: station.cause, level });
}
