import { wallClockMs } from "../clock.ts";
import { record } from "../events.ts";
import type { Turn } from "../turn.ts";

/** More than any machine takes standing by, fans and capacitors included; less than the weakest arc in use. */
const SUSPECT_WATT_HOURS = 8;
const WINDOW_MS = 120_000;
/** Standing by over hours and days. */
const STANDBY_WATTS = 60;
/** The sums are kept once a minute: what may have been taken honestly before the power went. */
const LAST_MINUTE_WATT_HOURS = 600;

/**
 * Energy that goes into the machine while the relay is open: somebody has wired around the relay, and perhaps around the
 * current sensor too, or the contacts are welded together. The meter also tells what happened while the chip was cut out.
 */
export function watchMeter(turn: Turn, wattHours: number | null): void {
  const { state, uptimeMs } = turn;
  if (wattHours === null) return;
  if (state.meterBefore) watchGap(turn, state.meterBefore, wattHours);
  const isOpen = !state.relayClosed;
  const before = state.meter;
  // What was taken before the relay opened is counted after it: a look counts only if the one before saw it open too.
  const isCounted = before?.wasOpen && isOpen && wattHours >= before.wattHours;
  const gainedWattHours = isCounted ? before.gainedWattHours + wattHours - before.wattHours : 0;
  const sinceUptimeMs = isCounted ? before.sinceUptimeMs : uptimeMs;
  const isSuspected = gainedWattHours >= SUSPECT_WATT_HOURS;
  if (isSuspected && !before?.isTold) tell(turn, gainedWattHours, uptimeMs - sinceUptimeMs);
  const isWindowOver = isSuspected || uptimeMs - sinceUptimeMs >= WINDOW_MS;
  state.meter = {
    wattHours,
    wasOpen: isOpen,
    gainedWattHours: isWindowOver ? 0 : gainedWattHours,
    sinceUptimeMs: isWindowOver ? uptimeMs : sinceUptimeMs,
    // Told once, until a whole window went by without.
    isTold: isSuspected || (before?.isTold === true && isCounted === true && !isWindowOver),
  };
}

/** At the first look after a boot, as soon as the time is known: what the meter counted while the chip had no power. */
function watchGap(
  turn: Turn,
  meterBefore: NonNullable<Turn["state"]["meterBefore"]>,
  wattHours: number,
): void {
  const { state } = turn;
  const clockMs = wallClockMs(state);
  if (clockMs === null) return;
  state.meterBefore = null;
  const overMs = Math.max(0, clockMs - meterBefore.clockMs);
  const standbyWattHours = (STANDBY_WATTS * overMs) / 3_600_000;
  const honestWattHours =
    SUSPECT_WATT_HOURS + standbyWattHours + (meterBefore.wasWorking ? LAST_MINUTE_WATT_HOURS : 0);
  const gained = wattHours - meterBefore.wattHours;
  if (gained >= honestWattHours) tell(turn, gained, overMs);
}

function tell(turn: Turn, wattHours: number, overMs: number): void {
  turn.mustReport = true;
  record(turn, "energy-unaccounted", { wattHours, overSeconds: Math.round(overMs / 1000) });
}
