import type { Peripheral } from "@hanyouxu/protocol";
import { isLogFull, record } from "../events.ts";
import type { Reading } from "../inputs.ts";
import type { ChipState } from "../state.ts";
import { bumpStateVersion, type Turn } from "../turn.ts";
import { endWork } from "../welding/session.ts";

/** One missed answer is noise. */
const LOST_AFTER_MS = 3_000;
/** With the relay closed, this long without any reading at all is blindness. */
export const BLIND_AFTER_MS = 60_000;

/** Without these nobody may work: the chip would not see gas, or what the machine does. */
const NEEDED: readonly Peripheral[] = ["gas-sensor", "current-sensor", "flash"];

export function isFaulted(state: ChipState): boolean {
  return NEEDED.some((peripheral) => state.silent[peripheral]?.isLost);
}

/** Whether every needed sensor has just been heard: work starts on nothing less. */
export function isSensing(state: ChipState): boolean {
  return state.reading !== null && NEEDED.every((peripheral) => !state.silent[peripheral]);
}

/** Notices which fitted sensors answer. A place not known is normal indoors, so the receiver is not among them. */
export function watchPeripherals(turn: Turn, reading: Reading): void {
  watchPeripheral(turn, "gas-sensor", reading.gas !== null);
  watchPeripheral(turn, "current-sensor", reading.arcCurrentDeciamps !== null);
}

/** What time alone shows: no readings at all while the relay is closed, and a log that fills up. */
export function watchBlindness(turn: Turn): void {
  const { state, uptimeMs } = turn;
  if (state.work && uptimeMs >= blindUptimeMs(state)) {
    lose(turn, "current-sensor", blindUptimeMs(state));
  }
  const isFull = isLogFull(state);
  if (isFull && !state.silent.flash) lose(turn, "flash", uptimeMs);
  if (!isFull && state.silent.flash) find(turn, "flash");
}

export function blindnessDueUptimeMs(state: ChipState): number {
  return state.work && !state.silent["current-sensor"]?.isLost
    ? blindUptimeMs(state)
    : Number.MAX_SAFE_INTEGER;
}

function blindUptimeMs(state: ChipState): number {
  return Math.max(state.work?.closedAtUptimeMs ?? 0, state.reading?.atUptimeMs ?? 0) + BLIND_AFTER_MS;
}

function watchPeripheral(turn: Turn, peripheral: Peripheral, answers: boolean): void {
  const { state, uptimeMs } = turn;
  if (!turn.ports.fitted.includes(peripheral)) return;
  const silence = state.silent[peripheral];
  if (answers) {
    if (silence) find(turn, peripheral);
    return;
  }
  const sinceUptimeMs = silence?.sinceUptimeMs ?? uptimeMs;
  if (uptimeMs - sinceUptimeMs >= LOST_AFTER_MS) lose(turn, peripheral, sinceUptimeMs);
  else state.silent = { ...state.silent, [peripheral]: { sinceUptimeMs, isLost: false } };
}

function lose(turn: Turn, peripheral: Peripheral, sinceUptimeMs: number): void {
  const { state } = turn;
  if (state.silent[peripheral]?.isLost) return;
  state.silent = { ...state.silent, [peripheral]: { sinceUptimeMs, isLost: true } };
  record(turn, "peripheral-lost", { peripheral, lost: true });
  if (!NEEDED.includes(peripheral)) return;
  bumpStateVersion(turn);
  record(turn, "faulted", { faulted: true, peripheral });
  // A full log only forbids the next start: the work in hand has its place in it.
  if (peripheral !== "flash") endWork(turn, "fault");
}

function find(turn: Turn, peripheral: Peripheral): void {
  const { state } = turn;
  const wasLost = state.silent[peripheral]?.isLost;
  const { [peripheral]: _found, ...others } = state.silent;
  state.silent = others;
  if (!wasLost) return;
  record(turn, "peripheral-lost", { peripheral, lost: false });
  if (!NEEDED.includes(peripheral)) return;
  bumpStateVersion(turn);
  record(turn, "faulted", { faulted: false, peripheral });
}
