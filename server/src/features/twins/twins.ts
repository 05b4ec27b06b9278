import type { AnswerFrame, ChipEvent, ChipTime, Sample, TelemetryBatch } from "@hanyouxu/protocol";
import type { Selectable } from "kysely";
import type { TwinsTable } from "../../db/tables.ts";

/** The latest that is known of a chip. Readings go forward by (boot, uptime), the state version never goes back. */
export interface Twin {
  boot: number;
  uptimeMs: number;
  stateVersion: number;
  relayClosed: boolean;
  arcOn: boolean;
  isLocked: boolean;
  isTampered: boolean;
  isFaulted: boolean;
  latitudeDegrees: number | null;
  longitudeDegrees: number | null;
  accuracyMetres: number | null;
  positionAtMs: number | null;
  currentAmps: number | null;
  voltageVolts: number | null;
  temperatureCelsius: number | null;
  gasLelPercent: number | null;
  batteryPercent: number | null;
  signalDbm: number | null;
  clockTrust: string;
  /** Platform time minus the chip's when it last spoke; null while the chip has no clock. */
  clockSkewMs: number | null;
  lastHeardAtMs: number;
  isGone: boolean;
  connection: number;
  firmware: string | null;
  configurationVersion: number;
}

/** A chip is online while it was heard within the lease; the broker's word that it left only shortens that. */
export function isOnline(
  twin: Pick<Twin, "isGone" | "lastHeardAtMs">,
  nowMs: number,
  leaseSeconds: number,
): boolean {
  return !twin.isGone && nowMs - twin.lastHeardAtMs <= leaseSeconds * 1000;
}

export function applyTelemetry(twin: Twin | null, batch: TelemetryBatch, receivedAtMs: number): Twin {
  const last = batch.samples.at(-1)!;
  const next = heard(twin, batch, batch.stateVersion, receivedAtMs);
  const uptimeMs = Math.min(batch.uptimeMs + last.offsetMs, Number.MAX_SAFE_INTEGER);
  if (!isForward(next, batch.boot, uptimeMs)) return next;
  // A last known place is as old as it was when it was first told.
  const isNews = next.positionAtMs === null;
  const positioned = batch.samples.findLast(
    ({ position, flags }) => position !== null && (isNews || flags.fix !== "last-known"),
  );
  return {
    ...next,
    boot: batch.boot,
    uptimeMs,
    relayClosed: last.flags.relayClosed,
    arcOn: last.flags.arcOn,
    isLocked: last.flags.locked,
    // The loop can be found open by a reading; only the chip's own event says that it was inspected and is whole again.
    isTampered: next.isTampered || !last.flags.tamperLoopIntact,
    currentAmps: last.arcCurrentDeciamps / 10,
    voltageVolts: last.voltageDecivolts / 10,
    temperatureCelsius: scaled(last.temperatureDecicelsius, 10),
    gasLelPercent: scaled(last.gasLelPermille, 10),
    batteryPercent: last.batteryPercent,
    signalDbm: last.signalDbm,
    ...(positioned ? positionOf(positioned, batch, receivedAtMs) : {}),
  };
}

/** Events reach this in order and once, so their facts always hold; readings that a later sample gave are left alone. */
export function applyEvent(twin: Twin | null, event: ChipEvent, receivedAtMs: number): Twin {
  const next = heard(twin, event, event.stateVersion, receivedAtMs);
  const isNewest = isForward(next, event.boot, event.uptimeMs);
  if (isNewest) Object.assign(next, { boot: event.boot, uptimeMs: event.uptimeMs });
  switch (event.kind) {
    case "booted":
      next.firmware = event.data.firmware;
      if (isNewest) Object.assign(next, { relayClosed: false, arcOn: false });
      return next;
    case "energised":
      if (isNewest) next.relayClosed = true;
      return next;
    case "de-energised":
      if (isNewest) Object.assign(next, { relayClosed: false, arcOn: false });
      return next;
    case "tamper":
      next.isTampered = event.data.raised;
      return next;
    case "faulted":
      next.isFaulted = event.data.faulted;
      return next;
    case "locked":
      next.isLocked = event.data.locked;
      return next;
    default:
      return next;
  }
}

export function applyAnswerFrame(twin: Twin | null, frame: AnswerFrame, receivedAtMs: number): Twin | null {
  if (frame.kind === "gone") {
    const isCurrent = twin !== null && twin.boot === frame.boot && twin.connection === frame.connection;
    return isCurrent ? { ...twin, isGone: true } : twin;
  }
  const next = heard(twin, frame, frame.stateVersion, receivedAtMs);
  if (isForward(next, frame.boot, frame.uptimeMs)) {
    Object.assign(next, { boot: frame.boot, uptimeMs: frame.uptimeMs, relayClosed: frame.relayClosed });
    if (!frame.relayClosed) next.arcOn = false;
  }
  // Only these are never stored and forwarded, so only they tell what the chip's clock shows now.
  if (frame.clockTrust !== "unknown") next.clockSkewMs = receivedAtMs - frame.clockMs;
  if (frame.kind === "hello") {
    next.isLocked = frame.locked;
    next.firmware = frame.firmware;
    next.configurationVersion = frame.configurationVersion;
    next.connection = frame.connection;
  }
  return next;
}

/** Anything from the chip shows that it is there; a state version is taken when it is newer. */
function heard(
  twin: Twin | null,
  time: Pick<ChipTime, "boot" | "uptimeMs" | "clockTrust">,
  stateVersion: number,
  receivedAtMs: number,
): Twin {
  const base = twin ?? blankTwin(time.boot, receivedAtMs);
  return {
    ...base,
    stateVersion: Math.max(base.stateVersion, stateVersion),
    clockTrust: isForward(base, time.boot, time.uptimeMs) ? time.clockTrust : base.clockTrust,
    lastHeardAtMs: Math.max(base.lastHeardAtMs, receivedAtMs),
    isGone: false,
  };
}

function blankTwin(boot: number, receivedAtMs: number): Twin {
  return {
    boot,
    uptimeMs: 0,
    stateVersion: 0,
    relayClosed: false,
    arcOn: false,
    isLocked: false,
    isTampered: false,
    isFaulted: false,
    latitudeDegrees: null,
    longitudeDegrees: null,
    accuracyMetres: null,
    positionAtMs: null,
    currentAmps: null,
    voltageVolts: null,
    temperatureCelsius: null,
    gasLelPercent: null,
    batteryPercent: null,
    signalDbm: null,
    clockTrust: "unknown",
    clockSkewMs: null,
    lastHeardAtMs: receivedAtMs,
    isGone: false,
    connection: 0,
    firmware: null,
    configurationVersion: 0,
  };
}

function isForward(twin: Twin, boot: number, uptimeMs: number): boolean {
  return boot > twin.boot || (boot === twin.boot && uptimeMs >= twin.uptimeMs);
}

function scaled(value: number | null, divisor: number): number | null {
  return value === null ? null : value / divisor;
}

function positionOf(sample: Sample, batch: TelemetryBatch, receivedAtMs: number) {
  const position = sample.position!;
  const last = batch.samples.at(-1)!;
  return {
    latitudeDegrees: position.latitudeE7 / 1e7,
    longitudeDegrees: position.longitudeE7 / 1e7,
    accuracyMetres: position.accuracyDecimetres / 10,
    // The newest sample was taken just before it was sent: age is counted back from the arrival.
    positionAtMs: receivedAtMs - (last.offsetMs - sample.offsetMs),
  };
}

export function twinFromRow(row: Omit<Selectable<TwinsTable>, "chip_id">): Twin {
  return {
    boot: row.boot,
    uptimeMs: row.uptime_ms,
    stateVersion: row.state_version,
    relayClosed: row.relay_closed,
    arcOn: row.arc_on,
    isLocked: row.is_locked,
    isTampered: row.is_tampered,
    isFaulted: row.is_faulted,
    latitudeDegrees: row.latitude_degrees,
    longitudeDegrees: row.longitude_degrees,
    accuracyMetres: row.accuracy_metres,
    positionAtMs: row.position_at?.getTime() ?? null,
    currentAmps: row.current_amps,
    voltageVolts: row.voltage_volts,
    temperatureCelsius: row.temperature_celsius,
    gasLelPercent: row.gas_lel_percent,
    batteryPercent: row.battery_percent,
    signalDbm: row.signal_dbm,
    clockTrust: row.clock_trust,
    clockSkewMs: row.clock_skew_ms,
    lastHeardAtMs: row.last_heard_at.getTime(),
    isGone: row.is_gone,
    connection: row.connection,
    firmware: row.firmware,
    configurationVersion: row.configuration_version,
  };
}

export { twinsToSave } from "./queries.ts";
