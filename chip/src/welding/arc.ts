import type { ArcState } from "../state.ts";
import { NO_ARC } from "../state.ts";
import type { Turn } from "../turn.ts";
import { arcEndMs } from "./totals.ts";

/** Two thresholds: open-circuit and fan current stay below the lower, the weakest TIG arc is above the higher. */
export const ARC_STRIKES_DECIAMPS = 150;
export const ARC_ENDS_DECIAMPS = 80;
/** Shorter is a touch of the electrode. */
const STRIKE_HOLDS_MS = 300;
/** Shorter is a stumble within one arc. */
const END_HOLDS_MS = 1_000;
/** With readings further apart than this the energy between them is not known. */
const LONGEST_GAP_MS = 15_000;

/** True while metal may be melting: an arc, or current that is not yet one. Power is not cut then without need. */
export function isWelding(arc: ArcState): boolean {
  return arc.isOn || arc.aboveSinceUptimeMs !== null;
}

/** Follows the arc and its energy from one reading to the next. `currentDeciamps` null: the sensor does not answer. */
export function observeArc(
  turn: Turn,
  currentDeciamps: number | null,
  voltageDecivolts: number | null,
): void {
  const { state, uptimeMs } = turn;
  if (!state.work || currentDeciamps === null) return;
  const sinceReadingMs = uptimeMs - (turn.before.reading?.atUptimeMs ?? uptimeMs);
  const energyJoules = (state.arc.watts * Math.min(sinceReadingMs, LONGEST_GAP_MS)) / 1000;
  state.work = {
    ...state.work,
    energyJoules: state.work.energyJoules + energyJoules,
    peakDeciamps: Math.max(state.work.peakDeciamps, currentDeciamps),
  };
  const next = nextArc(state.arc, currentDeciamps, uptimeMs);
  const watts = currentDeciamps >= ARC_ENDS_DECIAMPS ? (currentDeciamps * (voltageDecivolts ?? 0)) / 100 : 0;
  if (next.isOn && !state.arc.isOn) {
    state.work = { ...state.work, arcCount: state.work.arcCount + 1 };
  }
  if (!next.isOn && state.arc.isOn) settleArc(turn);
  state.arc = { ...next, watts };
}

/** Adds the arc in hand to the sums: it has ended, or the relay is about to end it. */
export function settleArc(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (!state.work || !state.arc.isOn) return;
  const endMs = arcEndMs(state.arc, uptimeMs);
  state.work = {
    ...state.work,
    arcMs: state.work.arcMs + endMs - state.arc.startedAtUptimeMs,
    lastArcEndUptimeMs: endMs,
  };
  state.arc = NO_ARC;
}

function nextArc(arc: ArcState, currentDeciamps: number, uptimeMs: number): ArcState {
  if (arc.isOn) {
    if (currentDeciamps >= ARC_ENDS_DECIAMPS) return { ...arc, belowSinceUptimeMs: null };
    const belowSinceUptimeMs = arc.belowSinceUptimeMs ?? uptimeMs;
    return uptimeMs - belowSinceUptimeMs >= END_HOLDS_MS
      ? NO_ARC
      : { ...arc, aboveSinceUptimeMs: null, belowSinceUptimeMs };
  }
  const threshold = arc.aboveSinceUptimeMs === null ? ARC_STRIKES_DECIAMPS : ARC_ENDS_DECIAMPS;
  if (currentDeciamps < threshold) return NO_ARC;
  const aboveSinceUptimeMs = arc.aboveSinceUptimeMs ?? uptimeMs;
  if (uptimeMs - aboveSinceUptimeMs < STRIKE_HOLDS_MS) return { ...arc, aboveSinceUptimeMs };
  return {
    ...arc,
    isOn: true,
    startedAtUptimeMs: aboveSinceUptimeMs,
    aboveSinceUptimeMs,
    belowSinceUptimeMs: null,
  };
}
