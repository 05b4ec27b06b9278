import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Sample } from "@hanyouxu/protocol";
import { packFlags, unpackFlags } from "@hanyouxu/protocol";

/** A sample with its own time, as history is kept and read. */
export interface TimedSample extends Omit<Sample, "offsetMs"> {
  atMs: number;
}

type Column = readonly [name: string, read: (sample: TimedSample) => number | null];

/** One column a quantity; null is written as a value no sensor can give. */
const NULL_VALUE = -0x8000_0000;
const columns: readonly Column[] = [
  ["atMs", (sample) => sample.atMs],
  ["latitudeE7", (sample) => sample.position?.latitudeE7 ?? null],
  ["longitudeE7", (sample) => sample.position?.longitudeE7 ?? null],
  ["accuracyDecimetres", (sample) => sample.position?.accuracyDecimetres ?? null],
  ["speedCentimetresPerSecond", (sample) => sample.speedCentimetresPerSecond],
  ["arcCurrentDeciamps", (sample) => sample.arcCurrentDeciamps],
  ["voltageDecivolts", (sample) => sample.voltageDecivolts],
  ["temperatureDecicelsius", (sample) => sample.temperatureDecicelsius],
  ["gasLelPermille", (sample) => sample.gasLelPermille],
  ["gasRaw", (sample) => sample.gasRaw],
  ["batteryPercent", (sample) => sample.batteryPercent],
  ["signalDbm", (sample) => sample.signalDbm],
  ["flags", (sample) => packFlags(sample.flags)],
];

/** A zigzag varint of any safe integer difference. */
const MAX_VARINT_BYTES = 8;

/** Packs samples column by column: differences to the one before as zigzag varints, then deflate. */
export function packSamples(samples: readonly TimedSample[]): Uint8Array {
  const bytes = new Uint8Array((1 + columns.length * samples.length) * MAX_VARINT_BYTES);
  let offset = writeVarint(bytes, 0, samples.length);
  for (const [, read] of columns) {
    let before = 0;
    for (const sample of samples) {
      const value = read(sample) ?? NULL_VALUE;
      offset = writeVarint(bytes, offset, zigzag(value - before));
      before = value;
    }
  }
  return new Uint8Array(deflateRawSync(bytes.subarray(0, offset)));
}

/** Inverse of `packSamples`. Our own bytes: anything else is a bug and throws. */
export function unpackSamples(packed: Uint8Array): TimedSample[] {
  const bytes = inflateRawSync(packed);
  let offset = 0;
  const next = () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[offset++];
      if (byte === undefined) throw new RangeError("telemetry chunk ends too early");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  const length = next();
  const read = columns.map(([name]) => {
    let before = 0;
    const values = Array.from({ length }, () => {
      before += unzigzag(next());
      return before === NULL_VALUE ? null : before;
    });
    return [name, values] as const;
  });
  const column = Object.fromEntries(read) as Record<string, (number | null)[]>;
  return Array.from({ length }, (_, index) => sampleAt(column, index));
}

function sampleAt(column: Record<string, (number | null)[]>, index: number): TimedSample {
  const value = (name: string) => column[name]![index]!;
  const latitudeE7 = value("latitudeE7");
  return {
    atMs: value("atMs"),
    position:
      latitudeE7 === null
        ? null
        : { latitudeE7, longitudeE7: value("longitudeE7"), accuracyDecimetres: value("accuracyDecimetres") },
    speedCentimetresPerSecond: value("speedCentimetresPerSecond"),
    arcCurrentDeciamps: value("arcCurrentDeciamps"),
    voltageDecivolts: value("voltageDecivolts"),
    temperatureDecicelsius: value("temperatureDecicelsius"),
    gasLelPermille: value("gasLelPermille"),
    gasRaw: value("gasRaw"),
    batteryPercent: value("batteryPercent"),
    signalDbm: value("signalDbm"),
    flags: unpackFlags(value("flags")),
  };
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Returns where the next one goes. */
function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let offset = start;
  let rest = value;
  while (rest >= 128) {
    bytes[offset++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  bytes[offset++] = rest;
  return offset;
}
