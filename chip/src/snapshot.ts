import {
  bytesToHex,
  type Configuration,
  type GasSensorRules,
  hexToBytes,
  type WorkSessionId,
  type WorkTotals,
} from "@hanyouxu/protocol";
import { wallClockMs } from "./clock.ts";
import { type ChipState, createChipState, DEFAULT_CONFIGURATION, type ReplayMemory } from "./state.ts";
import { isAfter, type LogPosition, type StoredEvent } from "./stored-event.ts";
import { totalsOf } from "./welding/totals.ts";

/** What survives a loss of power: plain JSON. A grant is not in it, because work is never resumed by itself. */
export interface Snapshot {
  format: 1;
  boot: number;
  uptimeMs: number;
  stateVersion: number;
  isLocked: boolean;
  /** What chips of before did not know is missing in what they stored. */
  configuration: Configuration & Partial<GasSensorRules>;
  gasCutAt?: LogPosition | null;
  meter?: { wattHours: number; clockMs: number } | null;
  clockHighWaterMs: number;
  replay: ReplayMemory;
  chain: { lastSeq: number; headHash: string };
  acknowledged: { boot: number; seq: number };
  /** The session whose relay was closed at that moment. */
  openWork: { workSessionId: WorkSessionId; totals: WorkTotals } | null;
}

/** What a host finds in its storage at start. */
export interface StoredChip {
  snapshot: Snapshot;
  /** In order; those the platform has acknowledged may still be among them. */
  events: readonly StoredEvent[];
}

export function snapshotOf(state: ChipState): Snapshot {
  return {
    format: 1,
    boot: state.boot,
    uptimeMs: state.uptimeMs,
    stateVersion: state.stateVersion,
    isLocked: state.isLocked,
    configuration: state.configuration,
    gasCutAt: state.gas.cutAt,
    meter: keptMeter(state),
    clockHighWaterMs: state.clock.highWaterMs,
    replay: state.replay,
    chain: { lastSeq: state.log.lastSeq, headHash: bytesToHex(state.log.headHash) },
    acknowledged: state.log.acknowledged,
    openWork: state.work && {
      workSessionId: state.work.grant.workSessionId,
      totals: totalsOf(state.work, state.arc, state.uptimeMs),
    },
  };
}

/** Until the first look of a boot what was kept before stays. */
function keptMeter(state: ChipState): Snapshot["meter"] {
  const clockMs = wallClockMs(state);
  if (!state.meter || clockMs === null) {
    const { meterBefore } = state;
    return meterBefore && { wattHours: meterBefore.wattHours, clockMs: meterBefore.clockMs };
  }
  return { wattHours: state.meter.wattHours, clockMs };
}

/** The state before the "boot" input: of a new chip, or as its storage remembers it. */
export function restoreChip(stored: StoredChip | null): ChipState {
  const state = createChipState();
  if (!stored) return state;
  const { snapshot } = stored;
  const { acknowledged } = snapshot;
  return {
    ...state,
    boot: snapshot.boot,
    uptimeMs: snapshot.uptimeMs,
    stateVersion: snapshot.stateVersion,
    isLocked: snapshot.isLocked,
    configuration: { ...DEFAULT_CONFIGURATION, ...snapshot.configuration },
    meterBefore: snapshot.meter ? { ...snapshot.meter, wasWorking: snapshot.openWork !== null } : null,
    gas: { ...state.gas, cutAt: snapshot.gasCutAt ?? null },
    clock: { ...state.clock, highWaterMs: snapshot.clockHighWaterMs },
    replay: snapshot.replay,
    interruptedWork: snapshot.openWork,
    log: {
      lastSeq: snapshot.chain.lastSeq,
      headHash: hexToBytes(snapshot.chain.headHash)!,
      acknowledged,
      pending: stored.events.filter((event) => isAfter(event, acknowledged)),
    },
  };
}
