import type { DeEnergiseReason, Grant } from "@hanyouxu/protocol";
import { record, recordCheckpoint } from "../events.ts";
import { INSIDE_FENCE, NO_ARC } from "../state.ts";
import { bumpStateVersion, type Turn } from "../turn.ts";
import { isWelding, settleArc } from "./arc.ts";
import { totalsOf } from "./totals.ts";

export const SUMMARY_EVERY_MS = 300_000;
/** What a loss of power may cost of the sums. */
const SAVE_EVERY_MS = 60_000;

/** Takes a grant that has passed every check and closes the relay. */
export function startWork(turn: Turn, grant: Grant): void {
  const { state, uptimeMs } = turn;
  state.work = {
    grant,
    closedAtUptimeMs: uptimeMs,
    arcMs: 0,
    arcCount: 0,
    energyJoules: 0,
    peakDeciamps: 0,
    lastArcEndUptimeMs: uptimeMs,
    summaryDueUptimeMs: uptimeMs + SUMMARY_EVERY_MS,
    summarisedArcMs: 0,
    ending: null,
  };
  state.arc = NO_ARC;
  state.fenceWatch = INSIDE_FENCE;
  state.saveDueUptimeMs = uptimeMs + SAVE_EVERY_MS;
  const { workSessionId } = grant;
  bumpStateVersion(turn);
  record(turn, "granted", { workSessionId });
  state.relayClosed = true;
  bumpStateVersion(turn);
  record(turn, "energised", { workSessionId });
}

/** Opens the relay now, whatever is being welded, and closes the session's record. Does nothing without a session. */
export function cutWork(turn: Turn, reason: DeEnergiseReason): void {
  const { state } = turn;
  if (!state.work) return;
  settleArc(turn);
  const { workSessionId } = state.work.grant;
  const totals = totalsOf(state.work, state.arc, turn.uptimeMs);
  state.work = null;
  state.arc = NO_ARC;
  state.fenceWatch = INSIDE_FENCE;
  state.relayClosed = false;
  state.saveDueUptimeMs = Number.MAX_SAFE_INTEGER;
  bumpStateVersion(turn);
  record(turn, "de-energised", { workSessionId, reason, ...totals });
  recordCheckpoint(turn, workSessionId);
}

/**
 * Ends work without cutting a weld: no new arc, the one in hand may go on for the configured grace, then the relay
 * opens. The first reason stays.
 */
export function endWork(turn: Turn, reason: DeEnergiseReason): void {
  const { state } = turn;
  if (!state.work || state.work.ending) return;
  if (!isWelding(state.arc)) {
    cutWork(turn, reason);
    return;
  }
  const byUptimeMs = turn.uptimeMs + state.configuration.arcGraceSeconds * 1000;
  state.work = { ...state.work, ending: { reason, byUptimeMs } };
  turn.mustReport = true;
}

/** At boot: the power went in the middle of a session. Its record is closed with what was last known. */
export function closeInterruptedWork(turn: Turn, lastUptimeMs: number): void {
  const { interruptedWork } = turn.state;
  if (!interruptedWork) return;
  turn.state.interruptedWork = null;
  record(turn, "power-lost", { atUptimeMs: lastUptimeMs });
  bumpStateVersion(turn);
  const { workSessionId, totals } = interruptedWork;
  record(turn, "de-energised", { workSessionId, reason: "power-lost", ...totals });
  recordCheckpoint(turn, workSessionId);
}

/** While energised: a summary now and then if there was an arc since, and the sums into flash. */
export function keepAccount(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (!state.work) return;
  if (uptimeMs >= state.work.summaryDueUptimeMs) {
    const totals = totalsOf(state.work, state.arc, uptimeMs);
    if (totals.arcMs > state.work.summarisedArcMs) {
      record(turn, "arc-summary", { workSessionId: state.work.grant.workSessionId, ...totals });
    }
    state.work = {
      ...state.work,
      summaryDueUptimeMs: uptimeMs + SUMMARY_EVERY_MS,
      summarisedArcMs: totals.arcMs,
    };
  }
  if (uptimeMs >= state.saveDueUptimeMs) turn.mustPersist = true;
  if (turn.mustPersist) state.saveDueUptimeMs = uptimeMs + SAVE_EVERY_MS;
}
