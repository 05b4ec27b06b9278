import { wallClockMs } from "../clock.ts";
import type { ChipState, WorkState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { isWelding } from "./arc.ts";
import { cutWork, endWork } from "./session.ts";

const NEVER = Number.MAX_SAFE_INTEGER;

/** The grant's own limits, in the order in which they are told apart when two come at once. */
export function enforceLimits(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (!state.work) return;
  const { ending } = state.work;
  if (ending) {
    if (!isWelding(state.arc) || uptimeMs >= ending.byUptimeMs) cutWork(turn, ending.reason);
  } else if (uptimeMs >= expiryUptimeMs(state, state.work)) {
    endWork(turn, "grant-expired");
  } else if (uptimeMs >= energisedLimitUptimeMs(state.work)) {
    endWork(turn, "energised-limit");
  } else if (uptimeMs >= idleLimitUptimeMs(state, state.work)) {
    endWork(turn, "idle");
  }
}

/** When time alone will next do something to the session. */
export function limitsDueUptimeMs(state: ChipState): number {
  const { work } = state;
  if (!work) return NEVER;
  if (work.ending) return work.ending.byUptimeMs;
  return Math.min(
    expiryUptimeMs(state, work),
    energisedLimitUptimeMs(work),
    idleLimitUptimeMs(state, work),
    work.summaryDueUptimeMs,
    state.saveDueUptimeMs,
  );
}

/** By the wall clock, and never later than the granted span after the start: a clock set back gains nothing. */
function expiryUptimeMs(state: ChipState, work: WorkState): number {
  const { notBeforeSeconds, validSeconds } = work.grant;
  const spanEndMs = work.closedAtUptimeMs + validSeconds * 1000;
  const clockMs = wallClockMs(state);
  if (clockMs === null) return spanEndMs;
  return Math.min(spanEndMs, state.uptimeMs + (notBeforeSeconds + validSeconds) * 1000 - clockMs);
}

function energisedLimitUptimeMs(work: WorkState): number {
  return work.closedAtUptimeMs + work.grant.maxEnergisedSeconds * 1000;
}

function idleLimitUptimeMs(state: ChipState, work: WorkState): number {
  return isWelding(state.arc) ? NEVER : work.lastArcEndUptimeMs + work.grant.idleLimitSeconds * 1000;
}
