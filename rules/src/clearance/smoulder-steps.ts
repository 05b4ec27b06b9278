import type { ClearanceEvent, ClearanceRefusal, SmoulderPlan } from "./clearance-state.ts";
import { type ClearanceTurn, MINUTE_MS, tell } from "./clearance-turn.ts";
import { callStation } from "./station-call.ts";

type SmoulderEvent = Extract<ClearanceEvent, { kind: "smoulder-checked" | "smoulder-closed" }>;

/** Hot metal and embers are watched for their time; nothing shortens it. */
export function startSmoulder(turn: ClearanceTurn): void {
  const { state } = turn;
  if (!state.demands.smoulderWatch || state.smoulderPlan.minutes === 0) {
    close(turn);
    return;
  }
  restartSmoulder(turn);
  tell(turn, "smoulder-started", "welder", "watch");
}

/** From the beginning, also after a fire that was put out. */
export function restartSmoulder({ state }: ClearanceTurn): void {
  const { minutes } = state.smoulderPlan;
  state.smoulder = {
    startedAtMs: state.atMs,
    endsAtMs: state.atMs + minutes * MINUTE_MS,
    nextCheckDueAtMs: nextCheck(state.atMs, state.atMs + minutes * MINUTE_MS, state.smoulderPlan),
    checks: 0,
    misses: 0,
    wasReminded: false,
  };
}

export function takeSmoulderEvent(turn: ClearanceTurn, event: SmoulderEvent): ClearanceRefusal | undefined {
  const { state } = turn;
  const { smoulder } = state;
  if (smoulder === null) return "no-smoulder-watch";
  if (event.kind === "smoulder-checked") {
    if (!event.isSafe) {
      callStation(turn, "smoulder");
      return undefined;
    }
    const nextCheckDueAtMs = nextCheck(state.atMs, smoulder.endsAtMs, state.smoulderPlan);
    state.smoulder = {
      ...smoulder,
      checks: smoulder.checks + 1,
      misses: 0,
      nextCheckDueAtMs,
      wasReminded: false,
    };
    return undefined;
  }
  if (state.station !== null && state.station.cause === "smoulder" && state.station.status !== "released") {
    return "smoulder-check-missing";
  }
  if (state.atMs < smoulder.endsAtMs) return "smoulder-too-early";
  // The last look is at the end: one from half an hour ago says nothing about now.
  if (smoulder.nextCheckDueAtMs <= smoulder.endsAtMs) return "smoulder-check-missing";
  close(turn);
  return undefined;
}

function close(turn: ClearanceTurn): void {
  const { state } = turn;
  state.end = { kind: "closed", atMs: state.atMs };
  if (state.permit && !state.work.permitContinues) {
    turn.effects.push({ kind: "close-permit", permitId: state.permit.permitId });
  }
  tell(turn, "clearance-closed", "welder", "watch");
}

/** Every so many minutes, and at the end; later than the end when the last look was after it. */
function nextCheck(atMs: number, endsAtMs: number, { checkEveryMinutes }: SmoulderPlan): number {
  if (atMs >= endsAtMs) return Number.MAX_SAFE_INTEGER;
  return Math.min(atMs + checkEveryMinutes * MINUTE_MS, endsAtMs);
}
