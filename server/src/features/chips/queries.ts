import type { ChipId } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { base64Of, recordset } from "../../db/bulk.ts";
import { AHEAD } from "../../db/named-statements.ts";
import { hasOneConnection } from "../../db/pglite-dialect.ts";
import type { Tables, TwinsTable } from "../../db/tables.ts";
import type { KeptFix } from "../../fence/believed-fixes.ts";
import { twinFromRow } from "../twins/twins.ts";
import type { LoadedChip } from "./chips.ts";

/**
 * The chips named, their rows locked until the transaction ends, so that one chip's frames are applied one batch at a
 * time, whichever server takes them. On one connection there is one server, where `chipTurns` sees to that.
 */
export async function loadChipsForUpdate(
  tx: Kysely<Tables>,
  chipIds: readonly ChipId[],
): Promise<Map<ChipId, LoadedChip>> {
  if (!hasOneConnection(tx)) await lockChips(tx, chipIds);
  const rows = await tx
    .selectFrom("chips as c")
    .leftJoin("machines as m", "m.chip_id", "c.chip_id")
    .leftJoin("twins as t", "t.chip_id", "c.chip_id")
    .leftJoin("machine_place_memories as pm", "pm.machine_id", "m.machine_id")
    .selectAll("t")
    .select([
      "c.chip_id as chip_id_known",
      "c.spki",
      "c.revoked_at",
      "c.event_boot",
      "c.event_seq",
      "c.event_hash",
      "c.chain_breaks",
      "c.gap_boot",
      "c.gap_seq",
      "c.gap_sightings",
      "c.gap_since",
      "m.machine_id",
      "m.enterprise_id",
      "m.region_code",
      "m.is_locked as is_machine_locked",
      "pm.memory as place_memory",
    ])
    .where("c.chip_id", "=", sql<ChipId>`any(${chipIds as ChipId[]})`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.chip_id_known,
      {
        chipId: row.chip_id_known,
        spki: row.spki,
        isRevoked: row.revoked_at !== null,
        eventBoot: row.event_boot,
        eventSeq: row.event_seq,
        eventHash: row.event_hash,
        chainBreaks: row.chain_breaks,
        gap: row.gap_since && {
          boot: row.gap_boot,
          seq: row.gap_seq,
          sightings: row.gap_sightings,
          sinceMs: row.gap_since.getTime(),
        },
        machineId: row.machine_id,
        enterpriseId: row.enterprise_id,
        regionCode: row.region_code,
        isMachineLocked: row.is_machine_locked ?? false,
        twin: row.chip_id === null ? null : twinFromRow(row as unknown as TwinRow),
        lastPlace: lastPlaceOf(row),
        placeMemory: row.place_memory,
      },
    ]),
  );
}

function lastPlaceOf(
  row: {
    [Name in "latitude_degrees" | "longitude_degrees" | "accuracy_metres"]: number | null;
  } & { position_at: Date | null },
): KeptFix | null {
  const { latitude_degrees, longitude_degrees, accuracy_metres, position_at } = row;
  if (latitude_degrees === null || longitude_degrees === null || position_at === null) return null;
  return [latitude_degrees, longitude_degrees, accuracy_metres ?? 0, position_at.getTime()];
}

/**
 * A statement of its own: one that waits for a lock goes on with what it saw before, twins included. In the order of
 * the ids, so that two batches never wait for each other; not for the key, so that a start, which only refers to its
 * chip, does not wait for a batch.
 */
async function lockChips(tx: Kysely<Tables>, chipIds: readonly ChipId[]): Promise<void> {
  await sql`${sql.raw(AHEAD)} select chip_id from chips where chip_id = any(${chipIds as ChipId[]}) order by chip_id
    for no key update`.execute(tx);
}

type TwinRow = Parameters<typeof twinFromRow>[0] & Pick<TwinsTable, "chip_id">;

/** Moves the chips' event cursors to where the batch left them. */
export function eventCursorsToSave(chips: readonly LoadedChip[]): RawBuilder<unknown> | undefined {
  if (chips.length === 0) return undefined;
  const rows = chips.map((chip) => ({
    chip_id: chip.chipId,
    boot: chip.eventBoot,
    seq: chip.eventSeq,
    hash: chip.eventHash && base64Of(chip.eventHash),
    breaks: chip.chainBreaks,
    gap_boot: chip.gap?.boot ?? 0,
    gap_seq: chip.gap?.seq ?? 0,
    gap_sightings: chip.gap?.sightings ?? 0,
    gap_since: chip.gap && new Date(chip.gap.sinceMs).toISOString(),
  }));
  return sql`
    update chips set event_boot = r.boot, event_seq = r.seq, event_hash = decode(r.hash, 'base64'), chain_breaks = r.breaks,
                     gap_boot = r.gap_boot, gap_seq = r.gap_seq, gap_sightings = r.gap_sightings,
                     gap_since = r.gap_since
    from ${recordset(
      rows,
      `chip_id text, boot bigint, seq bigint, hash text, breaks integer,
       gap_boot bigint, gap_seq bigint, gap_sightings integer, gap_since timestamptz`,
    )}
    where chips.chip_id = r.chip_id`;
}
