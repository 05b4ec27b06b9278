import type { ChipId, TelemetryBatch } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { base64Of, recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";

export interface ReceivedBatch {
  chipId: ChipId;
  batch: TelemetryBatch;
  payload: Uint8Array;
  receivedAtMs: number;
}

/** Keeps batches as they came; the roll-up packs them later. A batch that comes twice is stored once. */
export async function storeTelemetry(tx: Kysely<Tables>, batches: readonly ReceivedBatch[]): Promise<void> {
  if (batches.length === 0) return;
  const rows = batches.map(({ chipId, batch, payload, receivedAtMs }) => ({
    chip_id: chipId,
    boot: batch.boot,
    batch: batch.batch,
    starts_at: new Date(batch.clockTrust === "unknown" ? receivedAtMs : batch.clockMs).toISOString(),
    sample_count: batch.samples.length,
    payload: base64Of(payload),
  }));
  await sql`
    insert into telemetry_hot (chip_id, boot, batch, starts_at, sample_count, payload)
    select chip_id, boot, batch, starts_at, sample_count, decode(payload, 'base64')
    from ${recordset(
      rows,
      "chip_id text, boot bigint, batch bigint, starts_at timestamptz, sample_count smallint, payload text",
    )}
    on conflict do nothing`.execute(tx);
}

export { type TimedSample, unpackSamples } from "./packing.ts";
export { rollUpTelemetry } from "./roll-up.ts";
