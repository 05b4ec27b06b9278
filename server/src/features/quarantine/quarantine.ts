import { type Kysely, sql } from "kysely";
import { base64Of, recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";

/** A frame that could not be taken. It is kept with the reason, so that nothing is silently dropped. */
export interface QuarantinedFrame {
  id: string;
  chipId: string;
  channel: string;
  reason: string;
  field: string | null;
  payload: Uint8Array;
  receivedAtMs: number;
}

/** More of a frame is not kept; the first bytes tell what it was. */
const KEPT_BYTES = 512;

export async function quarantineFrames(
  tx: Kysely<Tables>,
  frames: readonly QuarantinedFrame[],
): Promise<void> {
  if (frames.length === 0) return;
  const rows = frames.map((frame) => ({
    id: frame.id,
    chip_id: frame.chipId,
    channel: frame.channel,
    reason: frame.reason,
    field: frame.field,
    payload: base64Of(frame.payload.subarray(0, KEPT_BYTES)),
    received_at: new Date(frame.receivedAtMs).toISOString(),
  }));
  await sql`
    insert into quarantined_frames (quarantine_id, chip_id, channel, reason, field, payload, received_at)
    select id, chip_id, channel, reason, field, decode(payload, 'base64'), received_at
    from ${recordset(
      rows,
      "id uuid, chip_id text, channel text, reason text, field text, payload text, received_at timestamptz",
    )}`.execute(tx);
}
