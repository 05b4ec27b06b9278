import type { CborValue } from "../cbor.ts";
import { Fields, numberOf } from "../fields.ts";
import { RejectedInput } from "../rejection.ts";

/** Where a position came from. */
export const FIX_KINDS = ["none", "gnss", "cell", "last-known"] as const;
export type FixKind = (typeof FIX_KINDS)[number];

/** One reading of everything the chip senses. Null is "no such sensor" or "not known now". Wire size ≤ 50 bytes. */
export interface Sample {
  /** Milliseconds after the batch's own time, 0–65,535,000. */
  offsetMs: number;
  position: { latitudeE7: number; longitudeE7: number; accuracyDecimetres: number } | null;
  speedCentimetresPerSecond: number | null;
  arcCurrentDeciamps: number;
  voltageDecivolts: number;
  temperatureDecicelsius: number | null;
  /** Per mille of the gas's lower explosive limit: 100 % LEL is 1000. */
  gasLelPermille: number | null;
  gasRaw: number | null;
  batteryPercent: number | null;
  signalDbm: number | null;
  flags: SampleFlags;
}

export interface SampleFlags {
  relayClosed: boolean;
  arcOn: boolean;
  /** True while the loop through the housing is intact. */
  tamperLoopIntact: boolean;
  moving: boolean;
  locked: boolean;
  fix: FixKind;
}

export const EMPTY_FLAGS: SampleFlags = {
  relayClosed: false,
  arcOn: false,
  tamperLoopIntact: true,
  moving: false,
  locked: false,
  fix: "none",
};

export function sampleToCbor(sample: Sample): CborValue {
  const { position } = sample;
  return [
    sample.offsetMs,
    position?.latitudeE7 ?? null,
    position?.longitudeE7 ?? null,
    position?.accuracyDecimetres ?? null,
    sample.speedCentimetresPerSecond,
    sample.arcCurrentDeciamps,
    sample.voltageDecivolts,
    sample.temperatureDecicelsius,
    sample.gasLelPermille,
    sample.gasRaw,
    sample.batteryPercent,
    sample.signalDbm,
    packFlags(sample.flags),
  ];
}

/** @throws RejectedInput */
export function sampleFromCbor(value: unknown): Sample {
  const fields = new Fields(value, "sample", 13);
  const offsetMs = fields.integer("offsetMs", 0, 65_535_000);
  const latitudeE7 = fields.nullableInteger("latitudeE7", -900_000_000, 900_000_000);
  const longitudeE7 = fields.nullableInteger("longitudeE7", -1_800_000_000, 1_800_000_000);
  const accuracyDecimetres = fields.nullableInteger("accuracyDecimetres", 0, 1_000_000);
  return {
    offsetMs,
    position: wholePosition(latitudeE7, longitudeE7, accuracyDecimetres),
    speedCentimetresPerSecond: fields.nullableInteger("speedCentimetresPerSecond", 0, 65_535),
    arcCurrentDeciamps: fields.integer("arcCurrentDeciamps", 0, 65_535),
    voltageDecivolts: fields.integer("voltageDecivolts", 0, 65_535),
    temperatureDecicelsius: fields.nullableInteger("temperatureDecicelsius", -1000, 10_000),
    gasLelPermille: fields.nullableInteger("gasLelPermille", 0, 10_000),
    gasRaw: fields.nullableInteger("gasRaw", 0, 65_535),
    batteryPercent: fields.nullableInteger("batteryPercent", 0, 100),
    signalDbm: fields.nullableInteger("signalDbm", -200, 0),
    flags: unpackFlags(fields.integer("flags", 0, 0x7f)),
  };
}

/** Three numbers or three nulls: half a position is none, and a mistake. */
function wholePosition(
  latitudeE7: number | null,
  longitudeE7: number | null,
  accuracyDecimetres: number | null,
): Sample["position"] {
  if (latitudeE7 !== null && longitudeE7 !== null && accuracyDecimetres !== null) {
    return { latitudeE7, longitudeE7, accuracyDecimetres };
  }
  if (latitudeE7 !== null || longitudeE7 !== null || accuracyDecimetres !== null) {
    throw new RejectedInput("wrong-shape", "position");
  }
  return null;
}

/** Bits 0–4: relay, arc, tamper loop intact, moving, locked; bits 5–6: fix kind. */
export function packFlags(flags: SampleFlags): number {
  return (
    Number(flags.relayClosed) |
    (Number(flags.arcOn) << 1) |
    (Number(flags.tamperLoopIntact) << 2) |
    (Number(flags.moving) << 3) |
    (Number(flags.locked) << 4) |
    (numberOf(flags.fix, FIX_KINDS) << 5)
  );
}

export function unpackFlags(bits: number): SampleFlags {
  return {
    relayClosed: (bits & 1) !== 0,
    arcOn: (bits & 2) !== 0,
    tamperLoopIntact: (bits & 4) !== 0,
    moving: (bits & 8) !== 0,
    locked: (bits & 16) !== 0,
    fix: FIX_KINDS[(bits >> 5) & 3]!,
  };
}
