import { uuidFromBytes, uuidToBytes } from "../bytes.ts";
import type { CborValue } from "../cbor.ts";
import { type Fields, MAX_CLOCK_MS, MAX_UINT32, numberOf } from "../fields.ts";
import type { WorkSessionId } from "../units.ts";
import { COMMAND_RESULTS, type CommandResult } from "./answer.ts";

/** Why the relay opened. */
export const DE_ENERGISE_REASONS = [
  "stopped",
  "grant-expired",
  "energised-limit",
  "idle",
  "tamper",
  "gas",
  "fence",
  "locked",
  "emergency",
  "fault",
  "power-lost",
  "watch-absent",
] as const;
export type DeEnergiseReason = (typeof DE_ENERGISE_REASONS)[number];

export const PERIPHERALS = [
  "gnss",
  "gas-sensor",
  "current-sensor",
  "camera",
  "flash",
  "tamper-loop",
] as const;
export type Peripheral = (typeof PERIPHERALS)[number];

export const RESET_CAUSES = ["power-on", "watchdog", "update", "brown-out"] as const;
export type ResetCause = (typeof RESET_CAUSES)[number];

/** What can be wrong with a combustible-gas sensor while it still answers. */
export const GAS_SENSOR_CONDITIONS = ["calibration-overdue", "stuck", "out-of-range"] as const;
export type GasSensorCondition = (typeof GAS_SENSOR_CONDITIONS)[number];

/** Sums since the relay closed; they only grow. */
export interface WorkTotals {
  energisedMs: number;
  arcMs: number;
  arcCount: number;
  energyKilojoules: number;
  peakDeciamps: number;
}

/** What each event kind carries. The order of the keys of `EVENT_CODECS` below is the wire number and never changes. */
export interface EventDataByKind {
  booted: { firmware: string; resetCause: ResetCause };
  granted: { workSessionId: WorkSessionId };
  refused: { result: CommandResult };
  energised: { workSessionId: WorkSessionId };
  "arc-summary": { workSessionId: WorkSessionId } & WorkTotals;
  "de-energised": { workSessionId: WorkSessionId; reason: DeEnergiseReason } & WorkTotals;
  tamper: { raised: boolean };
  "bypass-suspected": { currentDeciamps: number };
  "gas-warning": { gasLelPermille: number; raised: boolean };
  "gas-cut": { gasLelPermille: number };
  "fence-left": { metresOutside: number };
  "fence-entered": { metresInside: number };
  "clock-stepped": { fromMs: number; toMs: number };
  "power-lost": { atUptimeMs: number };
  "offline-start": { workSessionId: WorkSessionId };
  "peripheral-lost": { peripheral: Peripheral; lost: boolean };
  locked: { locked: boolean };
  faulted: { faulted: boolean; peripheral: Peripheral };
  checkpoint: { workSessionId: WorkSessionId; signature: Uint8Array };
  /** `forSeconds`: how long it had been so when it was noticed, or had lasted when it ended. */
  "gas-sensor": { condition: GasSensorCondition; raised: boolean; forSeconds: number };
  /** Somebody has looked at the place after the gas cut that the event (boot, seq) tells of. */
  "gas-inspected": { cutBoot: number; cutSeq: number };
  /** The machine's meter went on while the relay was open, or while the chip had no power. */
  "energy-unaccounted": { wattHours: number; overSeconds: number };
}

export type EventKind = keyof EventDataByKind;

interface DataCodec<Data> {
  length: number;
  write(data: Data): CborValue[];
  read(fields: Fields): Data;
}

const TOTALS_LENGTH = 5;
const SIGNATURE_BYTES = 64;
const MAX_MS = Number.MAX_SAFE_INTEGER;

function writeTotals(totals: WorkTotals): number[] {
  return [totals.energisedMs, totals.arcMs, totals.arcCount, totals.energyKilojoules, totals.peakDeciamps];
}

function readTotals(fields: Fields): WorkTotals {
  return {
    energisedMs: fields.integer("energisedMs", 0, MAX_MS),
    arcMs: fields.integer("arcMs", 0, MAX_MS),
    arcCount: fields.integer("arcCount", 0, MAX_UINT32),
    energyKilojoules: fields.integer("energyKilojoules", 0, MAX_UINT32),
    peakDeciamps: fields.integer("peakDeciamps", 0, 65_535),
  };
}

function readWorkSessionId(fields: Fields): WorkSessionId {
  return uuidFromBytes(fields.bytes("workSessionId", 16)) as WorkSessionId;
}

const workSessionOnly: DataCodec<{ workSessionId: WorkSessionId }> = {
  length: 1,
  write: (data) => [uuidToBytes(data.workSessionId)],
  read: (fields) => ({ workSessionId: readWorkSessionId(fields) }),
};

/** Which gas cut: the place of its event in the chip's log. */
export const GAS_CUT_POSITION: DataCodec<{ cutBoot: number; cutSeq: number }> = {
  length: 2,
  write: (data) => [data.cutBoot, data.cutSeq],
  read: (fields) => ({
    cutBoot: fields.integer("cutBoot", 1, MAX_UINT32),
    cutSeq: fields.integer("cutSeq", 1, MAX_UINT32),
  }),
};

export const EVENT_CODECS: { [Kind in EventKind]: DataCodec<EventDataByKind[Kind]> } = {
  booted: {
    length: 2,
    write: (data) => [data.firmware, numberOf(data.resetCause, RESET_CAUSES)],
    read: (fields) => ({
      firmware: fields.text("firmware", 32),
      resetCause: fields.oneOf("resetCause", RESET_CAUSES),
    }),
  },
  granted: workSessionOnly,
  refused: {
    length: 1,
    write: (data) => [numberOf(data.result, COMMAND_RESULTS)],
    read: (fields) => ({ result: fields.oneOf("result", COMMAND_RESULTS) }),
  },
  energised: workSessionOnly,
  "arc-summary": {
    length: 1 + TOTALS_LENGTH,
    write: (data) => [uuidToBytes(data.workSessionId), ...writeTotals(data)],
    read: (fields) => ({ workSessionId: readWorkSessionId(fields), ...readTotals(fields) }),
  },
  "de-energised": {
    length: 2 + TOTALS_LENGTH,
    write: (data) => [
      uuidToBytes(data.workSessionId),
      numberOf(data.reason, DE_ENERGISE_REASONS),
      ...writeTotals(data),
    ],
    read: (fields) => ({
      workSessionId: readWorkSessionId(fields),
      reason: fields.oneOf("reason", DE_ENERGISE_REASONS),
      ...readTotals(fields),
    }),
  },
  tamper: {
    length: 1,
    write: (data) => [data.raised],
    read: (fields) => ({ raised: fields.boolean("raised") }),
  },
  "bypass-suspected": {
    length: 1,
    write: (data) => [data.currentDeciamps],
    read: (fields) => ({ currentDeciamps: fields.integer("currentDeciamps", 0, 65_535) }),
  },
  "gas-warning": {
    length: 2,
    write: (data) => [data.gasLelPermille, data.raised],
    read: (fields) => ({
      gasLelPermille: fields.integer("gasLelPermille", 0, 10_000),
      raised: fields.boolean("raised"),
    }),
  },
  "gas-cut": {
    length: 1,
    write: (data) => [data.gasLelPermille],
    read: (fields) => ({ gasLelPermille: fields.integer("gasLelPermille", 0, 10_000) }),
  },
  "fence-left": {
    length: 1,
    write: (data) => [data.metresOutside],
    read: (fields) => ({ metresOutside: fields.integer("metresOutside", 0, MAX_UINT32) }),
  },
  "fence-entered": {
    length: 1,
    write: (data) => [data.metresInside],
    read: (fields) => ({ metresInside: fields.integer("metresInside", 0, MAX_UINT32) }),
  },
  "clock-stepped": {
    length: 2,
    write: (data) => [data.fromMs, data.toMs],
    read: (fields) => ({
      fromMs: fields.integer("fromMs", 0, MAX_CLOCK_MS),
      toMs: fields.integer("toMs", 0, MAX_CLOCK_MS),
    }),
  },
  "power-lost": {
    length: 1,
    write: (data) => [data.atUptimeMs],
    read: (fields) => ({ atUptimeMs: fields.integer("atUptimeMs", 0, MAX_MS) }),
  },
  "offline-start": workSessionOnly,
  "peripheral-lost": {
    length: 2,
    write: (data) => [numberOf(data.peripheral, PERIPHERALS), data.lost],
    read: (fields) => ({ peripheral: fields.oneOf("peripheral", PERIPHERALS), lost: fields.boolean("lost") }),
  },
  locked: {
    length: 1,
    write: (data) => [data.locked],
    read: (fields) => ({ locked: fields.boolean("locked") }),
  },
  faulted: {
    length: 2,
    write: (data) => [data.faulted, numberOf(data.peripheral, PERIPHERALS)],
    read: (fields) => ({
      faulted: fields.boolean("faulted"),
      peripheral: fields.oneOf("peripheral", PERIPHERALS),
    }),
  },
  checkpoint: {
    length: 2,
    write: (data) => [uuidToBytes(data.workSessionId), data.signature],
    read: (fields) => ({
      workSessionId: readWorkSessionId(fields),
      signature: fields.bytes("signature", SIGNATURE_BYTES),
    }),
  },
  "gas-sensor": {
    length: 3,
    write: (data) => [numberOf(data.condition, GAS_SENSOR_CONDITIONS), data.raised, data.forSeconds],
    read: (fields) => ({
      condition: fields.oneOf("condition", GAS_SENSOR_CONDITIONS),
      raised: fields.boolean("raised"),
      forSeconds: fields.integer("forSeconds", 0, MAX_UINT32),
    }),
  },
  "gas-inspected": GAS_CUT_POSITION,
  "energy-unaccounted": {
    length: 2,
    write: (data) => [data.wattHours, data.overSeconds],
    read: (fields) => ({
      wattHours: fields.integer("wattHours", 0, MAX_UINT32),
      overSeconds: fields.integer("overSeconds", 0, MAX_UINT32),
    }),
  },
};

export const EVENT_KINDS = Object.keys(EVENT_CODECS) as EventKind[];
