import type { ChipId, DeEnergiseReason, WorkSessionId, WorkTotals } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** A work session of one chip: what a chip says of another chip's session changes nothing. */
export interface ChipsSession {
  workSessionId: WorkSessionId;
  chipId: ChipId;
}

/** Other open sessions of the chip's machine: a chip has one relay, so they are over, whatever became of their record. */
export async function closeOthersOfChip(
  db: Kysely<Tables>,
  { workSessionId, chipId }: ChipsSession,
  at: Date,
): Promise<WorkSessionId[]> {
  const { rows } = await sql<{ work_session_id: WorkSessionId }>`
    update work_sessions s
    set status = case s.status when 'granted' then 'not-started' else 'ended' end,
        end_reason = case s.status when 'granted' then 'superseded' else 'record-lost' end,
        ended_at = ${at}
    from work_sessions own
    where own.work_session_id = ${workSessionId} and own.chip_id = ${chipId}
      and s.machine_id = own.machine_id and s.chip_id = own.chip_id
      and s.work_session_id <> own.work_session_id and s.status in ('granted', 'energised')
    returning s.work_session_id`.execute(db);
  return rows.map((row) => row.work_session_id);
}

/**
 * The relay is closed. Also from `not-started`: the chip is the judge of what runs, and a grant given up as unanswered
 * may have been taken after all. When another chip serves the machine by now the session is over already.
 */
export async function markEnergised(
  db: Kysely<Tables>,
  { workSessionId, chipId }: ChipsSession,
  at: Date,
): Promise<boolean> {
  const result = await sql`
    with held as (
      select exists (select from work_sessions o join work_sessions own using (machine_id)
                     where own.work_session_id = ${workSessionId} and o.work_session_id <> own.work_session_id
                       and o.status in ('granted', 'energised')) as by_other)
    update work_sessions
    set energised_at = ${at},
        status = case when by_other then 'ended' else 'energised' end,
        ended_at = case when by_other then ${at}::timestamptz end,
        end_reason = case when by_other then 'record-lost' end
    from held
    where work_session_id = ${workSessionId} and chip_id = ${chipId}
      and status in ('granted', 'not-started')`.execute(db);
  return result.numAffectedRows === 1n;
}

/** The sums so far; they only grow, so the newest hold. */
export async function saveTotals(
  db: Kysely<Tables>,
  { workSessionId, chipId }: ChipsSession,
  totals: WorkTotals,
): Promise<boolean> {
  const result = await db
    .updateTable("work_sessions")
    .set(totalsRow(totals))
    .where("work_session_id", "=", workSessionId)
    .where("chip_id", "=", chipId)
    .where("status", "=", "energised")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The relay is open again. The chip's own record also replaces an end that the platform had to assume. */
export async function markEnded(
  db: Kysely<Tables>,
  { workSessionId, chipId }: ChipsSession,
  reason: DeEnergiseReason,
  totals: WorkTotals,
  at: Date,
): Promise<boolean> {
  const result = await db
    .updateTable("work_sessions")
    .set({ ...totalsRow(totals), status: "ended", ended_at: at, end_reason: reason })
    .where("work_session_id", "=", workSessionId)
    .where("chip_id", "=", chipId)
    .where((where) => where.or([where("status", "!=", "ended"), where("end_reason", "=", "record-lost")]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function saveCheckpoint(
  db: Kysely<Tables>,
  { workSessionId, chipId }: ChipsSession,
  isVerified: boolean,
): Promise<boolean> {
  const result = await db
    .updateTable("work_sessions")
    .set({ checkpoint_verified: isVerified })
    .where("work_session_id", "=", workSessionId)
    .where("chip_id", "=", chipId)
    .where("status", "=", "ended")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function totalsRow(totals: WorkTotals) {
  return {
    energised_ms: totals.energisedMs,
    arc_ms: totals.arcMs,
    arc_count: totals.arcCount,
    energy_kilojoules: totals.energyKilojoules,
    peak_deciamps: totals.peakDeciamps,
  };
}
