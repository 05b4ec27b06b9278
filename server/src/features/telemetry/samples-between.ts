import type { ChipId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { CHUNK_MS, timedSamples } from "./hot-batches.ts";
import { type TimedSample, unpackSamples } from "./packing.ts";

/** No batch reaches further than this behind its start. */
const LONGEST_BATCH_MS = 60 * 60_000;

/** What a chip measured within a time, the oldest first: packed already or not yet. */
export async function samplesBetween(
  db: Kysely<Tables>,
  chipId: ChipId,
  from: Date,
  to: Date,
): Promise<TimedSample[]> {
  const chunks = await db
    .selectFrom("telemetry_chunks")
    .select("columns")
    .where("chip_id", "=", chipId)
    .where("starts_at", ">=", new Date(from.getTime() - CHUNK_MS - LONGEST_BATCH_MS))
    .where("starts_at", "<", to)
    .where("ends_at", ">=", from)
    .execute();
  const hot = await db
    .selectFrom("telemetry_hot")
    .select(["chip_id", "starts_at", "payload"])
    .where("chip_id", "=", chipId)
    .where("starts_at", ">=", new Date(from.getTime() - LONGEST_BATCH_MS))
    .where("starts_at", "<", to)
    .execute();
  const samples = [...chunks.flatMap(({ columns }) => unpackSamples(columns)), ...hot.flatMap(timedSamples)];
  // A batch that came again after it was packed: one instant has one sample.
  const byTime = new Map(samples.map((sample) => [sample.atMs, sample]));
  return [...byTime.values()]
    .filter(({ atMs }) => atMs >= from.getTime() && atMs < to.getTime())
    .sort((one, other) => one.atMs - other.atMs);
}
