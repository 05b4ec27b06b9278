import type { Peripheral } from "@hanyouxu/protocol";
import { isLogFull, record } from "../events.ts";
import type { Reading } from "../inputs.ts";
import type { ChipState } from "../state.ts";
import { bumpStateVersion, type Turn } from "../turn.ts";
import { cutWork, endWork } from "../welding/session.ts";
import { isNeeded, LOST_AFTER_MS } from "./needs.ts";

/** With the relay closed, this long without any reading at all is blindness. */
export const BLIND_AFTER_MS = 60_000;
/** Gas gathers faster. */
const GAS_BLIND_AFTER_MS = 15_000;
const NEVER = Number.MAX_SAFE_INTEGER;

export function isFaulted(state: ChipState): boolean {
  return silentPeripherals(state).some(
    (peripheral) => state.silent[peripheral]?.isLost && isNeeded(state, peripheral),
  );
}

/** Whether every needed sensor has just been heard: work starts on nothing less. */
export function isSensing(state: ChipState): boolean {
  const { reading, uptimeMs } = state;
  if (!reading || uptimeMs - reading.atUptimeMs >= BLIND_AFTER_MS) return false;
  return !silentPeripherals(state).some((peripheral) => isNeeded(state, peripheral));
}

function silentPeripherals(state: ChipState): Peripheral[] {
  return Object.keys(state.silent) as Peripheral[];
}

/** Notices which fitted sensors answer. A place not known is normal indoors, so the receiver is not among them. */
export function watchPeripherals(turn: Turn, reading: Reading): void {
  watchPeripheral(turn, "gas-sensor", reading.gas !== null && turn.state.gasSensor.fault === null);
  watchPeripheral(turn, "current-sensor", reading.arcCurrentDeciamps !== null);
}

/** What time alone shows: no readings at all while the relay is closed, and a log that fills up. */
export function watchBlindness(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (state.work && uptimeMs >= blindUptimeMs(state)) {
    lose(turn, "current-sensor", blindUptimeMs(state));
  }
  const gasSilenceUptimeMs = gasSilenceDueUptimeMs(state);
  if (hasNeededGasSensor(turn) && uptimeMs >= gasSilenceUptimeMs)
    lose(turn, "gas-sensor", gasSilenceUptimeMs);
  const isFull = isLogFull(state);
  if (isFull && !state.silent.flash) lose(turn, "flash", uptimeMs);
  if (!isFull && state.silent.flash) find(turn, "flash");
}

export function blindnessDueUptimeMs(state: ChipState): number {
  if (!state.work) return NEVER;
  const blindDueUptimeMs = state.silent["current-sensor"]?.isLost ? NEVER : blindUptimeMs(state);
  const { silent, reading } = state;
  const watchesGas = isNeeded(state, "gas-sensor") && (reading?.gas || silent["gas-sensor"]);
  return Math.min(blindDueUptimeMs, watchesGas ? gasSilenceDueUptimeMs(state) : NEVER);
}

/** While energised: when a gas sensor that has begun to be silent is lost, or one that nobody asks. */
function gasSilenceDueUptimeMs(state: ChipState): number {
  const silence = state.silent["gas-sensor"];
  if (!state.work || silence?.isLost) return NEVER;
  return Math.min(
    blindUptimeMs(state, GAS_BLIND_AFTER_MS),
    silence ? silence.sinceUptimeMs + LOST_AFTER_MS : NEVER,
  );
}

function blindUptimeMs(state: ChipState, afterMs = BLIND_AFTER_MS): number {
  return Math.max(state.work?.closedAtUptimeMs ?? 0, state.reading?.atUptimeMs ?? 0) + afterMs;
}

function hasNeededGasSensor({ state, ports }: Turn): boolean {
  return ports.fitted.includes("gas-sensor") && isNeeded(state, "gas-sensor");
}

/** One answer of a fitted peripheral, or that it gave none. */
export function watchPeripheral(turn: Turn, peripheral: Peripheral, answers: boolean): void {
  const { state, uptimeMs } = turn;
  if (!turn.ports.fitted.includes(peripheral)) return;
  const silence = state.silent[peripheral];
  if (answers) {
    if (silence) find(turn, peripheral);
    return;
  }
  const sinceUptimeMs = silence?.sinceUptimeMs ?? uptimeMs;
  // A fault that has been told was long enough in coming.
  const isCertain = peripheral === "gas-sensor" && state.gasSensor.isFaultTold;
  if (isCertain || uptimeMs - sinceUptimeMs >= LOST_AFTER_MS) lose(turn, peripheral, sinceUptimeMs);
  else state.silent = { ...state.silent, [peripheral]: { sinceUptimeMs, isLost: false } };
}

function lose(turn: Turn, peripheral: Peripheral, sinceUptimeMs: number): void {
  const { state } = turn;
  if (state.silent[peripheral]?.isLost) return;
  state.silent = { ...state.silent, [peripheral]: { sinceUptimeMs, isLost: true } };
  record(turn, "peripheral-lost", { peripheral, lost: true });
  if (isNeeded(state, peripheral)) fault(turn, peripheral);
}

function fault(turn: Turn, peripheral: Peripheral): void {
  bumpStateVersion(turn);
  record(turn, "faulted", { faulted: true, peripheral });
  // Gas that cannot be seen counts as gas over the limit.
  if (peripheral === "gas-sensor") cutWork(turn, "fault");
  // A full log only forbids the next start: the work in hand has its place in it.
  else if (peripheral !== "flash") endWork(turn, "fault");
}

/** After another configuration: a lost gas sensor may be needed from now on, or no longer. */
export function reviewNeeds(turn: Turn, wasGasNeeded: boolean): void {
  const { state } = turn;
  if (!state.silent["gas-sensor"]?.isLost || wasGasNeeded === isNeeded(state, "gas-sensor")) return;
  if (!wasGasNeeded) fault(turn, "gas-sensor");
  else {
    bumpStateVersion(turn);
    record(turn, "faulted", { faulted: false, peripheral: "gas-sensor" });
  }
}

function find(turn: Turn, peripheral: Peripheral): void {
  const { state } = turn;
  const wasLost = state.silent[peripheral]?.isLost;
  const { [peripheral]: _found, ...others } = state.silent;
  state.silent = others;
  if (!wasLost) return;
  record(turn, "peripheral-lost", { peripheral, lost: false });
  if (!isNeeded(state, peripheral)) return;
  bumpStateVersion(turn);
  record(turn, "faulted", { faulted: false, peripheral });
}
