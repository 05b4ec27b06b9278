import { type ChipId, decodeTelemetry } from "@hanyouxu/protocol";
import type { TimedSample } from "./packing.ts";

/** Chunks are of ten minutes. */
export const CHUNK_MS = 10 * 60_000;

/** The samples of a batch that is kept as it came. */
export function timedSamples(row: { chip_id: ChipId; starts_at: Date; payload: Uint8Array }): TimedSample[] {
  const decoded = decodeTelemetry(row.payload);
  // It was decoded before it was stored: failing now means the database was altered.
  if (!decoded.ok)
    throw new Error(`stored telemetry of ${row.chip_id} does not decode: ${decoded.reason.code}`);
  return decoded.value.samples.map(({ offsetMs, ...sample }) => ({
    ...sample,
    atMs: row.starts_at.getTime() + offsetMs,
  }));
}
