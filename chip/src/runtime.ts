import { startCameras } from "./camera/camera-state.ts";
import { camerasDueUptimeMs, keepFilming } from "./camera/cameras.ts";
import { startClock } from "./clock.ts";
import type { ChipEffect } from "./effects.ts";
import { record } from "./events.ts";
import type { ChipInput, Reading } from "./inputs.ts";
import { watchBypass } from "./interlocks/bypass.ts";
import { watchFence } from "./interlocks/fence.ts";
import { watchGas } from "./interlocks/gas.ts";
import { warmUpGasSensor, watchGasSensor } from "./interlocks/gas-sensor.ts";
import { watchMeter } from "./interlocks/meter.ts";
import { blindnessDueUptimeMs, watchBlindness, watchPeripherals } from "./interlocks/peripherals.ts";
import { watchTamper } from "./interlocks/tamper.ts";
import { receiveDownlink } from "./link/commands.ts";
import { connectionDueUptimeMs, keepConnected, linkDown, linkUp, startLink } from "./link/connection.ts";
import { outboxDueUptimeMs, pumpOutbox } from "./link/outbox.ts";
import { keepReporting, telemetryDueUptimeMs } from "./link/telemetry.ts";
import { keepTime } from "./link/time.ts";
import type { ChipPorts } from "./ports.ts";
import { plausibleReading } from "./reading.ts";
import type { ChipState } from "./state.ts";
import { beginTurn, endTurn, type Turn } from "./turn.ts";
import { observeArc } from "./welding/arc.ts";
import { enforceLimits, limitsDueUptimeMs } from "./welding/limits.ts";
import { indicatorOf } from "./welding/power-state.ts";
import { closeInterruptedWork, cutWork, keepAccount } from "./welding/session.ts";

/**
 * The whole program: one input, the next state, and what the host is to do about it, in that order. Every safety
 * reaction to an input is among the effects of that same step. Readings with impossible numbers count as no answer;
 * hostile bytes are answered or counted; nothing throws.
 */
export function step(
  state: ChipState,
  input: ChipInput,
  ports: ChipPorts,
): { state: ChipState; effects: ChipEffect[] } {
  const turn = input.kind === "boot" ? boot(state, input, ports) : beginTurn(state, input.uptimeMs, ports);
  switch (input.kind) {
    case "reading":
      sense(turn, plausibleReading(input.reading));
      break;
    case "downlink":
      receiveDownlink(turn, input.bytes);
      break;
    case "link-up":
      linkUp(turn);
      break;
    case "link-down":
      linkDown(turn);
      break;
    case "power-failing":
      failPower(turn);
      break;
  }
  watchBlindness(turn);
  enforceLimits(turn);
  keepAccount(turn);
  keepConnected(turn);
  keepTime(turn);
  pumpOutbox(turn);
  keepReporting(turn);
  turn.state.indicator = indicatorOf(turn.state);
  keepFilming(turn, input);
  return endTurn(turn);
}

/** When time alone will next make a step do something; a host sleeps until then unless something else comes in. */
export function nextDueUptimeMs(state: ChipState): number {
  return Math.min(
    limitsDueUptimeMs(state),
    blindnessDueUptimeMs(state),
    connectionDueUptimeMs(state),
    state.link.phase === "up" ? state.link.helloDueUptimeMs : Number.MAX_SAFE_INTEGER,
    outboxDueUptimeMs(state),
    telemetryDueUptimeMs(state),
    camerasDueUptimeMs(state),
  );
}

function boot(state: ChipState, input: ChipInput & { kind: "boot" }, ports: ChipPorts): Turn {
  const lastUptimeMs = state.uptimeMs;
  const turn = beginTurn({ ...state, uptimeMs: 0 }, 0, ports);
  turn.isBoot = true;
  turn.state.boot += 1;
  turn.state.log = { ...turn.state.log, lastSeq: 0 };
  turn.state.camera = ports.cameras ? startCameras(ports.cameras, input.keptPictures ?? []) : null;
  startClock(turn, input.rtcMs);
  warmUpGasSensor(turn);
  record(turn, "booted", { firmware: ports.firmware, resetCause: input.resetCause });
  closeInterruptedWork(turn, lastUptimeMs);
  startLink(turn);
  return turn;
}

/** One reading, the interlocks that cut before those that only end. */
function sense(turn: Turn, reading: Reading): void {
  const { state, uptimeMs } = turn;
  state.reading = { ...reading, atUptimeMs: uptimeMs };
  if (reading.fix) state.lastFix = { ...reading.fix, atUptimeMs: uptimeMs };
  observeArc(turn, reading.arcCurrentDeciamps, reading.voltageDecivolts);
  watchTamper(turn, reading.tamperLoopIntact);
  watchGasSensor(turn, reading.gas);
  watchGas(turn);
  watchPeripherals(turn, reading);
  watchFence(turn, reading.fix);
  watchBypass(turn, reading.arcCurrentDeciamps);
  watchMeter(turn, reading.meterWattHours ?? null);
}

/** The last milliseconds: the record is closed in order, so that the next boot has nothing to reconstruct. */
function failPower(turn: Turn): void {
  if (turn.state.work) {
    record(turn, "power-lost", { atUptimeMs: turn.uptimeMs });
    cutWork(turn, "power-lost");
  }
  turn.mustPersist = true;
}
