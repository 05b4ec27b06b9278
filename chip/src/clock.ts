import type { ChipTime, ClockTrust } from "@hanyouxu/protocol";
import type { ChipState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** After this long without a word from the platform the chip's own oscillator is all there is. */
export const VERIFIED_FOR_MS = 12 * 3_600_000;
const LATEST_CLOCK_MS = 4_102_444_800_000;

/** Milliseconds since 1970, or null while nobody has told the chip. */
export function wallClockMs(state: Pick<ChipState, "clock" | "uptimeMs">): number | null {
  const { base } = state.clock;
  return base && base.clockMs + (state.uptimeMs - base.uptimeMs);
}

export function clockTrust(state: Pick<ChipState, "clock" | "uptimeMs">): ClockTrust {
  const { base, verifiedAtUptimeMs } = state.clock;
  if (!base) return "unknown";
  if (verifiedAtUptimeMs === null) return "drifting";
  return state.uptimeMs - verifiedAtUptimeMs <= VERIFIED_FOR_MS ? "verified" : "drifting";
}

export function chipTime(state: ChipState): ChipTime {
  return {
    boot: state.boot,
    uptimeMs: state.uptimeMs,
    clockMs: wallClockMs(state) ?? 0,
    clockTrust: clockTrust(state),
  };
}

/** At boot: a battery-backed clock is believed unless it has fallen behind what the chip knows to be past. */
export function startClock(turn: Turn, rtcMs: number | null): void {
  const { highWaterMs } = turn.state.clock;
  const isPlausible = rtcMs !== null && rtcMs >= Math.max(1, highWaterMs) && rtcMs <= LATEST_CLOCK_MS;
  turn.state.clock = {
    base: isPlausible ? { clockMs: Math.round(rtcMs), uptimeMs: turn.uptimeMs } : null,
    verifiedAtUptimeMs: null,
    highWaterMs,
  };
}
