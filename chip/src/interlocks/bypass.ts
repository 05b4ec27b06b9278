import { record } from "../events.ts";
import type { Turn } from "../turn.ts";
import { ARC_ENDS_DECIAMPS, ARC_STRIKES_DECIAMPS } from "../welding/arc.ts";

/** Longer than any inductance takes to die down after the relay opens. */
const SUSPECT_AFTER_MS = 3_000;
const QUIET_FOR_MS = 10_000;

/** Welding current while the relay is open: somebody has wired around it, or its contacts are welded together. */
export function watchBypass(turn: Turn, currentDeciamps: number | null): void {
  const { state, uptimeMs } = turn;
  if (currentDeciamps === null) return;
  const { bypass } = state;
  if (!state.relayClosed && currentDeciamps >= ARC_STRIKES_DECIAMPS) {
    const flowingSinceUptimeMs = bypass.flowingSinceUptimeMs ?? uptimeMs;
    const isSuspected = bypass.isSuspected || uptimeMs - flowingSinceUptimeMs >= SUSPECT_AFTER_MS;
    state.bypass = { isSuspected, flowingSinceUptimeMs, quietSinceUptimeMs: null };
    if (isSuspected && !bypass.isSuspected) {
      turn.mustReport = true;
      record(turn, "bypass-suspected", { currentDeciamps });
    }
    return;
  }
  if (!bypass.isSuspected) {
    if (bypass.flowingSinceUptimeMs !== null) state.bypass = { ...bypass, flowingSinceUptimeMs: null };
    return;
  }
  if (!state.relayClosed && currentDeciamps >= ARC_ENDS_DECIAMPS) return;
  const quietSinceUptimeMs = bypass.quietSinceUptimeMs ?? uptimeMs;
  const isOver = uptimeMs - quietSinceUptimeMs >= QUIET_FOR_MS;
  state.bypass = {
    isSuspected: !isOver,
    flowingSinceUptimeMs: null,
    quietSinceUptimeMs: isOver ? null : quietSinceUptimeMs,
  };
}
