import type { ChipId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import { base64Of, recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";
import { noteChangedDays } from "./changed-days.ts";
import { fixOfChunk } from "./chunk-fix.ts";
import { CHUNK_MS, timedSamples } from "./hot-batches.ts";
import { packSamples, type TimedSample, unpackSamples } from "./packing.ts";

/** Batches are packed when their ten minutes are over and stragglers have had time to come. */
const SETTLE_MS = 5 * 60_000;
/** Packing this many takes some ten milliseconds, in which nobody else is served. */
const BATCHES_AT_ONCE = 250;
/** One server at a time: two that pack halves of one chunk would each write the other's half away. */
const ROLL_UP_LOCK = 0x6879_0001;

interface HotRow {
  chip_id: ChipId;
  boot: number;
  batch: number;
  starts_at: Date;
  payload: Uint8Array;
}

/** Packs hot batches into chunks of ten minutes a chip and removes them, part by part. Returns chunks written. */
export async function rollUpTelemetry(ctx: Pick<AppContext, "db" | "clock">): Promise<number> {
  const before = new Date(Math.floor((ctx.clock.nowMs() - SETTLE_MS) / CHUNK_MS) * CHUNK_MS);
  let chunks = 0;
  for (;;) {
    const part = await ctx.db.transaction().execute((tx) => rollUpPart(tx, before, ctx.clock.nowMs()));
    chunks += part.chunks;
    if (part.batches < BATCHES_AT_ONCE) return chunks;
  }
}

async function rollUpPart(
  tx: Kysely<Tables>,
  before: Date,
  nowMs: number,
): Promise<{ batches: number; chunks: number }> {
  const rows = await takeHot(tx, before);
  if (rows.length === 0) return { batches: 0, chunks: 0 };
  const chunks = Map.groupBy(rows, (row) => `${row.chip_id} ${chunkStartMs(row)}`);
  for (const day of new Set(rows.map((row) => utcDay(chunkStartMs(row))))) await ensurePartition(tx, day);
  const starts = [...chunks.values()].map(([first]) => ({
    chip_id: first!.chip_id,
    starts_at: new Date(chunkStartMs(first!)).toISOString(),
  }));
  const existing = await readChunks(tx, starts);
  const packed = [...chunks].map(([key, own]) => chunkOf(own, existing.get(key) ?? []));
  await writeChunks(tx, packed);
  await noteChangedDays(tx, packed, new Date(nowMs));
  return { batches: rows.length, chunks: packed.length };
}

/** Chip by chip, so that a chunk is rarely met twice; nothing while another server packs. */
async function takeHot(tx: Kysely<Tables>, before: Date): Promise<HotRow[]> {
  const { rows: locks } = await sql<{ is_ours: boolean }>`
    select pg_try_advisory_xact_lock(${ROLL_UP_LOCK}::bigint) as is_ours`.execute(tx);
  if (!locks[0]!.is_ours) return [];
  const { rows } = await sql<HotRow>`
    delete from telemetry_hot where (chip_id, boot, batch) in (
      select chip_id, boot, batch from telemetry_hot where starts_at < ${before}
      order by chip_id, starts_at limit ${BATCHES_AT_ONCE})
    returning chip_id, boot, batch, starts_at, payload`.execute(tx);
  return rows;
}

/** Batches that came late join the chunk of their time. */
async function readChunks(
  tx: Kysely<Tables>,
  starts: readonly object[],
): Promise<Map<string, TimedSample[]>> {
  const { rows } = await sql<{ chip_id: ChipId; starts_at: Date; columns: Uint8Array }>`
    select c.chip_id, c.starts_at, c.columns from telemetry_chunks c
    join ${recordset(starts, "chip_id text, starts_at timestamptz")} using (chip_id, starts_at)`.execute(tx);
  return new Map(
    rows.map((row) => [`${row.chip_id} ${row.starts_at.getTime()}`, unpackSamples(row.columns)]),
  );
}

function chunkOf(rows: readonly HotRow[], before: readonly TimedSample[]) {
  // A batch can be sent again after it was packed: one instant has one sample.
  const byTime = new Map([...before, ...rows.flatMap(timedSamples)].map((sample) => [sample.atMs, sample]));
  const samples = [...byTime.values()].sort((a, b) => a.atMs - b.atMs);
  const [first] = rows;
  return {
    chip_id: first!.chip_id,
    starts_at: new Date(chunkStartMs(first!)).toISOString(),
    ends_at: new Date(samples.at(-1)!.atMs).toISOString(),
    sample_count: samples.length,
    max_current_amps: samples.reduce((most, sample) => Math.max(most, sample.arcCurrentDeciamps), 0) / 10,
    columns: base64Of(packSamples(samples)),
    ...fixOfChunk(samples),
  };
}

async function writeChunks(tx: Kysely<Tables>, chunks: readonly object[]): Promise<void> {
  await sql`
    insert into telemetry_chunks (chip_id, starts_at, ends_at, sample_count, max_current_amps, columns,
                                  latitude_degrees, longitude_degrees, accuracy_metres, has_arc)
    select chip_id, starts_at, ends_at, sample_count, max_current_amps, decode(columns, 'base64'),
           latitude_degrees, longitude_degrees, accuracy_metres, has_arc
    from ${recordset(
      chunks,
      `chip_id text, starts_at timestamptz, ends_at timestamptz, sample_count integer, max_current_amps real,
       columns text, latitude_degrees double precision, longitude_degrees double precision, accuracy_metres real,
       has_arc boolean`,
    )}
    on conflict (chip_id, starts_at) do update
      set ends_at = excluded.ends_at, sample_count = excluded.sample_count,
          max_current_amps = excluded.max_current_amps, columns = excluded.columns,
          latitude_degrees = excluded.latitude_degrees, longitude_degrees = excluded.longitude_degrees,
          accuracy_metres = excluded.accuracy_metres, has_arc = excluded.has_arc`.execute(tx);
}

function chunkStartMs(row: HotRow): number {
  return Math.floor(row.starts_at.getTime() / CHUNK_MS) * CHUNK_MS;
}

function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A partition a UTC day, made when its first chunk comes; old ones are dropped whole. @param day YYYY-MM-DD, ours */
async function ensurePartition(tx: Kysely<Tables>, day: string): Promise<void> {
  const next = utcDay(Date.parse(day) + 86_400_000);
  const name = `telemetry_chunks_${day.replaceAll("-", "")}`;
  await sql`create table if not exists ${sql.ref(name)} partition of telemetry_chunks
            for values from (${sql.lit(day)}) to (${sql.lit(next)})`.execute(tx);
}
