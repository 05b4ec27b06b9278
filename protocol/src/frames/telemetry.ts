import { type CborValue, encodeCbor } from "../cbor.ts";
import { Fields, MAX_UINT32, PROTOCOL_VERSION, readFrame } from "../fields.ts";
import { type Decoded, decoding, RejectedInput } from "../rejection.ts";
import { type ChipTime, readUptimeAndClock, writeUptimeAndClock } from "./clock-trust.ts";
import { type Sample, sampleFromCbor, sampleToCbor } from "./sample.ts";

export const MAX_SAMPLES_PER_BATCH = 6;

/** Upward on channel t: up to six samples; the time is that of offset 0. */
export interface TelemetryBatch extends ChipTime {
  /** Numbers the batches of one boot from 1. */
  batch: number;
  /** See Event.stateVersion: lets the platform catch up when an event is still on its way. */
  stateVersion: number;
  samples: readonly Sample[];
}

export function encodeTelemetry(batch: TelemetryBatch): Uint8Array {
  const samples: CborValue[] = batch.samples.map(sampleToCbor);
  return encodeCbor([
    PROTOCOL_VERSION,
    batch.boot,
    batch.batch,
    ...writeUptimeAndClock(batch),
    batch.stateVersion,
    samples,
  ]);
}

export function decodeTelemetry(bytes: Uint8Array): Decoded<TelemetryBatch> {
  return decoding(() => {
    const fields = new Fields(readFrame(bytes), "telemetry", 8, 1);
    const boot = fields.integer("boot", 1, MAX_UINT32);
    const batch = fields.integer("batch", 1, MAX_UINT32);
    const time = readUptimeAndClock(fields);
    const stateVersion = fields.integer("stateVersion", 0, MAX_UINT32);
    const samples = fields.nested();
    if (!Array.isArray(samples)) throw new RejectedInput("wrong-shape", "samples");
    if (samples.length < 1 || samples.length > MAX_SAMPLES_PER_BATCH) {
      throw new RejectedInput("out-of-range", "samples");
    }
    return { boot, batch, ...time, stateVersion, samples: samples.map(sampleFromCbor) };
  });
}
