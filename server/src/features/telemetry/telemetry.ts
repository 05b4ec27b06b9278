import type { ChipId, TelemetryBatch } from "@hanyouxu/protocol";
import { type RawBuilder, sql } from "kysely";
import { base64Of, recordset } from "../../db/bulk.ts";
import { occurredAtMs } from "../chip-events/chip-events.ts";

export interface ReceivedBatch {
  chipId: ChipId;
  batch: TelemetryBatch;
  payload: Uint8Array;
  receivedAtMs: number;
  /** Platform time minus the chip's, when it last spoke. */
  clockSkewMs: number | null;
}

/** No chip keeps samples for longer: an older time is a clock that was never set. */
const OLDEST_MS = 31 * 86_400_000;

/**
 * When a batch's offset 0 was, in platform time: never later than its newest sample's arrival, never absurdly old,
 * because history is kept in partitions by this time.
 */
export function startOfBatchMs({
  batch,
  receivedAtMs,
  clockSkewMs,
}: Pick<ReceivedBatch, "batch" | "receivedAtMs" | "clockSkewMs">): number {
  const latestMs = receivedAtMs - batch.samples.at(-1)!.offsetMs;
  const startMs = Math.min(occurredAtMs(batch, receivedAtMs, clockSkewMs), latestMs);
  return startMs < receivedAtMs - OLDEST_MS ? latestMs : startMs;
}

/** Keeps batches as they came; the roll-up packs them later. A batch that comes twice is stored once. */
export function telemetryToStore(batches: readonly ReceivedBatch[]): RawBuilder<unknown> | undefined {
  if (batches.length === 0) return undefined;
  const rows = batches.map((received) => ({
    chip_id: received.chipId,
    boot: received.batch.boot,
    batch: received.batch.batch,
    starts_at: new Date(startOfBatchMs(received)).toISOString(),
    sample_count: received.batch.samples.length,
    payload: base64Of(received.payload),
  }));
  return sql`
    insert into telemetry_hot (chip_id, boot, batch, starts_at, sample_count, payload)
    select chip_id, boot, batch, starts_at, sample_count, decode(payload, 'base64')
    from ${recordset(
      rows,
      "chip_id text, boot bigint, batch bigint, starts_at timestamptz, sample_count smallint, payload text",
    )}
    on conflict do nothing`;
}

export { takeChangedDays } from "./changed-days.ts";
export { type TimedSample, unpackSamples } from "./packing.ts";
export { playedSamples } from "./played-samples.ts";
export { rollUpTelemetry } from "./roll-up.ts";
export { samplesBetween } from "./samples-between.ts";
