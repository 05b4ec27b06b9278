import type { ClearancePolicy } from "./clearance-policy.ts";
import type { ClearanceEffect, ClearanceEvent, ClearanceRefusal, ClearanceState } from "./clearance-state.ts";
import { type ClearanceTurn, tell } from "./clearance-turn.ts";
import { passTime } from "./deadlines.ts";
import { takePermitEvent } from "./permit-steps.ts";
import { takeSceneEvent } from "./scene-steps.ts";
import { takeSmoulderEvent } from "./smoulder-steps.ts";
import { takeStationEvent } from "./station-steps.ts";
import { takeWatchEvent } from "./watch-steps.ts";
import { takeWorkEvent } from "./work-steps.ts";

export interface ClearanceStepped {
  state: ClearanceState;
  effects: ClearanceEffect[];
  /** Why the event itself was not taken; what time brought about holds all the same. */
  refusal?: ClearanceRefusal;
}

/**
 * The whole of a clearance: time passes up to `atMs` (milliseconds since 1970; what lies before the last step counts as
 * that), then the event is taken or refused. Pure: the same steps lead to the same state, whoever asks and whenever.
 * @param random 0 ≤ number < 1, new for each step
 */
export function stepClearance(
  before: ClearanceState,
  event: ClearanceEvent,
  policy: ClearancePolicy,
  atMs: number,
  random: number,
): ClearanceStepped {
  const turn: ClearanceTurn = { state: { ...before }, policy, effects: [], random };
  passTime(turn, atMs);
  const refusal = take(turn, event);
  return { state: turn.state, effects: turn.effects, ...(refusal && { refusal }) };
}

function take(turn: ClearanceTurn, event: ClearanceEvent): ClearanceRefusal | undefined {
  if (event.kind === "time") return undefined;
  // A chip may report the end of its session late, whatever has become of the clearance.
  if (turn.state.end && event.kind !== "session-ended") return "ended";
  switch (event.kind) {
    case "permit-attached":
    case "permit-approved":
    case "permit-suspended":
    case "permit-resumed":
    case "permit-ended":
      return takePermitEvent(turn, event);
    case "scene-submitted":
    case "scene-judged":
      return takeSceneEvent(turn, event);
    case "station-accepted":
    case "station-arrived":
    case "station-decided":
      return takeStationEvent(turn, event);
    case "watch-confirmed":
    case "watch-seen":
      return takeWatchEvent(turn, event);
    case "session-started":
    case "session-ended":
    case "work-finished":
      return takeWorkEvent(turn, event);
    case "smoulder-checked":
    case "smoulder-closed":
      return takeSmoulderEvent(turn, event);
    case "cancelled":
      return cancel(turn);
  }
}

/** Given up before anything was welded; afterwards the smoulder watch is owed. */
function cancel(turn: ClearanceTurn): ClearanceRefusal | undefined {
  const { state } = turn;
  if (state.work.sessionCount > 0) return "session-runs";
  if (state.station && state.station.status !== "released") return "scene-waits";
  state.end = { kind: "cancelled", atMs: state.atMs };
  if (state.permit) turn.effects.push({ kind: "close-permit", permitId: state.permit.permitId });
  tell(turn, "clearance-expired", "watch");
  return undefined;
}
