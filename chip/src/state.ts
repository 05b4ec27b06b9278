import {
  type Configuration,
  type DeEnergiseReason,
  type GasSensorRules,
  GENESIS_HASH,
  type Grant,
  type Peripheral,
  type Sample,
  type WorkSessionId,
  type WorkTotals,
} from "@hanyouxu/protocol";
import type { CameraState } from "./camera/camera-state.ts";
import type { Fix, Reading } from "./inputs.ts";
import type { LogPosition, StoredEvent } from "./stored-event.ts";

/** What the lamp on the housing shows. */
export type IndicatorPattern =
  | "offline"
  | "ready"
  | "locked"
  | "energised"
  | "arcing"
  | "cooling"
  | "alarm"
  | "fault";

/**
 * Everything the program knows: plain data, changed by `step` only. Parts are replaced, never altered, so an earlier
 * state stays what it was.
 */
export interface ChipState {
  /** Counts the starts; 0 before the first. */
  boot: number;
  uptimeMs: number;
  stateVersion: number;
  relayClosed: boolean;
  /** By the platform's lock command; outlives a boot. */
  isLocked: boolean;
  tamper: Readonly<{ isRaised: boolean; intactSinceUptimeMs: number | null }>;
  gas: Readonly<{
    isWarning: boolean;
    /** The event of the cut that nobody has inspected yet; outlives a boot. No start while there is one. */
    cutAt: LogPosition | null;
    /** Whether the gas has fallen since that cut. */
    hasCleared: boolean;
  }>;
  gasSensor: GasSensorState;
  bypass: Readonly<{
    isSuspected: boolean;
    flowingSinceUptimeMs: number | null;
    quietSinceUptimeMs: number | null;
  }>;
  /** What the machine's meter says while the relay is open; null without one, and from boot to the first look. */
  meter: MeterWatch | null;
  /** Found at start: the meter as it was last kept, and when. */
  meterBefore: Readonly<{ wattHours: number; clockMs: number; wasWorking: boolean }> | null;
  /** Per fitted sensor that does not answer: since when, and whether that has been long enough to count. */
  silent: Readonly<Partial<Record<Peripheral, Readonly<{ sinceUptimeMs: number; isLost: boolean }>>>>;
  clock: ClockState;
  configuration: Readonly<Configuration & GasSensorRules>;
  work: WorkState | null;
  /** Found at start: the power went while this session's relay was closed. */
  interruptedWork: Readonly<{ workSessionId: WorkSessionId; totals: WorkTotals }> | null;
  arc: ArcState;
  fenceWatch: FenceWatch;
  reading: (Readonly<Reading> & { readonly atUptimeMs: number }) | null;
  lastFix: (Readonly<Fix> & { readonly atUptimeMs: number }) | null;
  log: EventLog;
  replay: ReplayMemory;
  link: LinkState;
  outbox: OutboxState;
  telemetry: TelemetryState;
  /** Null for a chip without one. */
  camera: CameraState | null;
  indicator: IndicatorPattern;
  /** Inputs that were not taken, by reason: for a service tool, never sent. */
  discarded: Readonly<{ downlinks: number; telemetryBatches: number }>;
  saveDueUptimeMs: number;
}

export type GasSensorState = Readonly<{
  /** Until then what it says does not count. */
  warmAtUptimeMs: number;
  fault: "stuck" | "out-of-range" | null;
  faultSinceUptimeMs: number;
  isFaultTold: boolean;
  /** The raw value at the last reading, since when and in how many readings it has not moved. */
  raw: number | null;
  rawSinceUptimeMs: number;
  rawReadings: number;
  isCalibrationOverdue: boolean;
}>;

export type MeterWatch = Readonly<{
  wattHours: number;
  /** Whether the relay was open at the last look. */
  wasOpen: boolean;
  /** Counted while it was open since `sinceUptimeMs`. */
  gainedWattHours: number;
  sinceUptimeMs: number;
  isTold: boolean;
}>;

export type ClockState = Readonly<{
  /** The wall clock read `clockMs` at `uptimeMs`; null while unknown. */
  base: Readonly<{ clockMs: number; uptimeMs: number }> | null;
  verifiedAtUptimeMs: number | null;
  /** The latest time a trusted key ever told: the clock never goes back past it, across boots. */
  highWaterMs: number;
}>;

export type WorkState = Readonly<{
  grant: Grant;
  closedAtUptimeMs: number;
  /** Of arcs that have ended. */
  arcMs: number;
  arcCount: number;
  energyJoules: number;
  peakDeciamps: number;
  lastArcEndUptimeMs: number;
  summaryDueUptimeMs: number;
  summarisedArcMs: number;
  /** No new arc: the relay opens with the end of the one in hand, or at this uptime. */
  ending: Readonly<{ reason: DeEnergiseReason; byUptimeMs: number }> | null;
}>;

export type ArcState = Readonly<{
  isOn: boolean;
  startedAtUptimeMs: number;
  /** Current has been above the striking threshold since; null when it is not. */
  aboveSinceUptimeMs: number | null;
  belowSinceUptimeMs: number | null;
  /** Electrical power at the last reading, for the energy until the next. */
  watts: number;
}>;

export type FenceWatch = Readonly<{
  isOutside: boolean;
  /** Consecutive fixes that contradict `isOutside`, and since when. */
  contraryFixes: number;
  contrarySinceUptimeMs: number;
}>;

export type EventLog = Readonly<{
  lastSeq: number;
  headHash: Uint8Array;
  acknowledged: Readonly<{ boot: number; seq: number }>;
  /** Written and not acknowledged, in order. */
  pending: readonly StoredEvent[];
}>;

export type ReplayMemory = Readonly<{
  ids: readonly Readonly<{ commandId: string; acceptBySeconds: number }>[];
  /** Commands to be accepted by this second or earlier are refused: their ids may have been forgotten. */
  floorSeconds: number;
}>;

export type LinkState = Readonly<{
  phase: "waiting" | "connecting" | "up";
  sinceUptimeMs: number;
  connectAtUptimeMs: number;
  /** Attempts since the last connection that held. */
  attempt: number;
  /** Numbers the attempts of this boot: tells a late will from a current one. */
  connection: number;
  /** Asked in the last hello; 16 hex digits. */
  nonce: string | null;
  nonceAtUptimeMs: number;
  helloDueUptimeMs: number;
  unansweredHellos: number;
}>;

export type OutboxState = Readonly<{
  /** How many of the pending events have been published on this connection. */
  inFlight: number;
  resendDueUptimeMs: number;
  resends: number;
  burstStartedAtUptimeMs: number;
  sentInBurst: number;
}>;

export type TelemetryState = Readonly<{
  lastBatch: number;
  startedAtUptimeMs: number;
  samples: readonly Sample[];
  sampleDueUptimeMs: number;
  flushDueUptimeMs: number;
  /** Encoded batches that found no connection, oldest first. */
  stored: readonly Uint8Array[];
  drainDueUptimeMs: number;
}>;

/** Until the platform sends a higher version. */
export const DEFAULT_CONFIGURATION: Configuration & GasSensorRules = {
  version: 0,
  idleTelemetrySeconds: 60,
  workingTelemetrySeconds: 10,
  gasWarningLelPermille: 100,
  gasCutLelPermille: 200,
  arcGraceSeconds: 120,
  gasDemand: "when-fitted",
  calibrationIntervalDays: 0,
  isOverdueCalibrationRefused: false,
};

export const NO_ARC: ArcState = {
  isOn: false,
  startedAtUptimeMs: 0,
  aboveSinceUptimeMs: null,
  belowSinceUptimeMs: null,
  watts: 0,
};

export const INSIDE_FENCE: FenceWatch = { isOutside: false, contraryFixes: 0, contrarySinceUptimeMs: 0 };

/** A chip as it leaves the factory, before its first boot. */
export function createChipState(): ChipState {
  return {
    boot: 0,
    uptimeMs: 0,
    stateVersion: 0,
    relayClosed: false,
    isLocked: false,
    tamper: { isRaised: false, intactSinceUptimeMs: null },
    gas: { isWarning: false, cutAt: null, hasCleared: false },
    meter: null,
    meterBefore: null,
    gasSensor: {
      warmAtUptimeMs: 0,
      fault: null,
      faultSinceUptimeMs: 0,
      isFaultTold: false,
      raw: null,
      rawSinceUptimeMs: 0,
      rawReadings: 0,
      isCalibrationOverdue: false,
    },
    bypass: { isSuspected: false, flowingSinceUptimeMs: null, quietSinceUptimeMs: null },
    silent: {},
    clock: { base: null, verifiedAtUptimeMs: null, highWaterMs: 0 },
    configuration: DEFAULT_CONFIGURATION,
    work: null,
    interruptedWork: null,
    arc: NO_ARC,
    fenceWatch: INSIDE_FENCE,
    reading: null,
    lastFix: null,
    log: { lastSeq: 0, headHash: GENESIS_HASH, acknowledged: { boot: 0, seq: 0 }, pending: [] },
    replay: { ids: [], floorSeconds: 0 },
    link: {
      phase: "waiting",
      sinceUptimeMs: 0,
      connectAtUptimeMs: 0,
      attempt: 0,
      connection: 0,
      nonce: null,
      nonceAtUptimeMs: 0,
      helloDueUptimeMs: Number.MAX_SAFE_INTEGER,
      unansweredHellos: 0,
    },
    outbox: {
      inFlight: 0,
      resendDueUptimeMs: Number.MAX_SAFE_INTEGER,
      resends: 0,
      burstStartedAtUptimeMs: 0,
      sentInBurst: 0,
    },
    telemetry: {
      lastBatch: 0,
      startedAtUptimeMs: 0,
      samples: [],
      sampleDueUptimeMs: 0,
      flushDueUptimeMs: Number.MAX_SAFE_INTEGER,
      stored: [],
      drainDueUptimeMs: Number.MAX_SAFE_INTEGER,
    },
    camera: null,
    indicator: "offline",
    discarded: { downlinks: 0, telemetryBatches: 0 },
    saveDueUptimeMs: Number.MAX_SAFE_INTEGER,
  };
}
