import type { GasSensorCondition } from "@hanyouxu/protocol";
import { wallClockMs } from "../clock.ts";
import { record } from "../events.ts";
import type { Reading } from "../inputs.ts";
import type { ChipPorts, GasSensorTraits } from "../ports.ts";
import type { ChipState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { LOST_AFTER_MS } from "./needs.ts";

/** Zero drifts a little below; further below the cell is broken, and would hide as much gas as it is off. */
const LEAST_LEL_PERMILLE = -50;
/** A value that did not move in fewer looks than this may just not have been looked at. */
const STUCK_READINGS = 20;
const DAY_MS = 86_400_000;
const MAX_UINT32 = 0xffff_ffff;

/** When a host says nothing of its sensor: usable at once, any raw value, no certificate of calibration. */
const UNKNOWN_SENSOR: GasSensorTraits = {
  warmUpMs: 0,
  rawMin: 0,
  rawMax: 65_535,
  stuckAfterMs: null,
  calibratedAtMs: null,
};

/** At boot, and when the sensor is back after it was lost: its cell has been without power and is cold. */
export function warmUpGasSensor(turn: Turn): void {
  const { state, ports, uptimeMs } = turn;
  state.gasSensor = {
    fault: null,
    isFaultTold: false,
    faultSinceUptimeMs: 0,
    raw: null,
    rawSinceUptimeMs: uptimeMs,
    rawReadings: 0,
    isCalibrationOverdue: state.gasSensor.isCalibrationOverdue,
    warmAtUptimeMs: uptimeMs + traitsOf(ports).warmUpMs,
  };
}

/** Whether the last reading was taken of a warm cell: what a cold one said does not count later either. */
export function isGasSensorWarm({ reading, gasSensor }: ChipState): boolean {
  return (reading?.atUptimeMs ?? 0) >= gasSensor.warmAtUptimeMs;
}

/** Seconds until the sensor's word counts; 0 when it does. */
export function warmUpSecondsLeft(state: ChipState): number {
  if (isGasSensorWarm(state)) return 0;
  return Math.max(1, Math.ceil((state.gasSensor.warmAtUptimeMs - state.uptimeMs) / 1000));
}

/** What the sensor says as far as it can be believed; null while it warms up, and from a faulty one. */
export function usableGasLelPermille(state: ChipState): number | null {
  const gas = state.reading?.gas;
  if (!gas || state.gasSensor.fault !== null || !isGasSensorWarm(state)) return null;
  return Math.max(0, gas.lelPermille);
}

/** Judges the sensor itself from one reading to the next. */
export function watchGasSensor(turn: Turn, gas: Reading["gas"]): void {
  if (!turn.ports.fitted.includes("gas-sensor")) return;
  watchCalibration(turn);
  if (!gas) {
    turn.state.gasSensor = { ...turn.state.gasSensor, raw: null, rawReadings: 0 };
    return;
  }
  const { gasSensor: before, silent } = turn.state;
  if (before.raw === null && silent["gas-sensor"]?.isLost) warmUpGasSensor(turn);
  if (!isGasSensorWarm(turn.state)) return;
  followRaw(turn, gas.raw);
  const { state, uptimeMs } = turn;
  const fault = faultOf(turn, gas);
  const { gasSensor } = state;
  if (fault !== gasSensor.fault) {
    if (gasSensor.fault && gasSensor.isFaultTold) {
      tell(turn, gasSensor.fault, false, uptimeMs - gasSensor.faultSinceUptimeMs);
    }
    const faultSinceUptimeMs = fault === "stuck" ? gasSensor.rawSinceUptimeMs : uptimeMs;
    state.gasSensor = { ...gasSensor, fault, isFaultTold: false, faultSinceUptimeMs };
  }
  const { faultSinceUptimeMs, isFaultTold } = state.gasSensor;
  if (fault === null || isFaultTold || uptimeMs - faultSinceUptimeMs < LOST_AFTER_MS) return;
  state.gasSensor = { ...state.gasSensor, isFaultTold: true };
  tell(turn, fault, true, uptimeMs - faultSinceUptimeMs);
}

function followRaw(turn: Turn, raw: number): void {
  const { state, uptimeMs } = turn;
  const { gasSensor } = state;
  state.gasSensor =
    raw === gasSensor.raw
      ? { ...gasSensor, rawReadings: gasSensor.rawReadings + 1 }
      : { ...gasSensor, raw, rawSinceUptimeMs: uptimeMs, rawReadings: 1 };
}

function faultOf(turn: Turn, gas: NonNullable<Reading["gas"]>): ChipState["gasSensor"]["fault"] {
  const { rawMin, rawMax, stuckAfterMs } = traitsOf(turn.ports);
  const isInRange = gas.raw >= rawMin && gas.raw <= rawMax && gas.lelPermille >= LEAST_LEL_PERMILLE;
  if (!isInRange) return "out-of-range";
  const { rawReadings, rawSinceUptimeMs } = turn.state.gasSensor;
  const isStuck =
    stuckAfterMs !== null &&
    rawReadings >= STUCK_READINGS &&
    turn.uptimeMs - rawSinceUptimeMs >= stuckAfterMs;
  return isStuck ? "stuck" : null;
}

/** By the chip's own clock; a sensor whose date nobody knows is overdue wherever a date is asked for. */
function watchCalibration(turn: Turn): void {
  const { state, ports } = turn;
  const { calibrationIntervalDays } = state.configuration;
  const clockMs = wallClockMs(state);
  if (clockMs === null) return;
  const { calibratedAtMs } = traitsOf(ports);
  const dueMs = calibratedAtMs === null ? clockMs : calibratedAtMs + calibrationIntervalDays * DAY_MS;
  const isCalibrationOverdue = calibrationIntervalDays > 0 && clockMs >= dueMs;
  if (isCalibrationOverdue === state.gasSensor.isCalibrationOverdue) return;
  state.gasSensor = { ...state.gasSensor, isCalibrationOverdue };
  tell(turn, "calibration-overdue", isCalibrationOverdue, isCalibrationOverdue ? clockMs - dueMs : 0);
}

function tell(turn: Turn, condition: GasSensorCondition, raised: boolean, forMs: number): void {
  turn.mustReport = true;
  const forSeconds = Math.min(MAX_UINT32, Math.round(Math.max(0, forMs) / 1000));
  record(turn, "gas-sensor", { condition, raised, forSeconds });
}

function traitsOf(ports: ChipPorts): GasSensorTraits {
  return ports.gasSensor ?? UNKNOWN_SENSOR;
}
