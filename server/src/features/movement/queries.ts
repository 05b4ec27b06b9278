import type { ChipId, MachineId } from "@hanyouxu/protocol";
import { addDays, shanghaiDayStartMs } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import { hasOneConnection } from "../../db/pglite-dialect.ts";
import type { KeptPlace } from "../../db/tables/movement.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** One server at a time: the days of one machine come from several chips. */
const MOVEMENT_LOCK = 0x6879_0002;

export async function isOursToFollow(tx: Db): Promise<boolean> {
  const { rows } = await sql<{ is_ours: boolean }>`
    select pg_try_advisory_xact_lock(${MOVEMENT_LOCK}::bigint) as is_ours`.execute(tx);
  return rows[0]!.is_ours;
}

export interface MachineFixRow {
  machine_id: MachineId;
  /** Null, as the rest: nothing is known of the machine on that day. */
  starts_at: Date | null;
  latitude_degrees: number;
  longitude_degrees: number;
  accuracy_metres: number;
  has_arc: boolean;
}

/**
 * All of a day's fixes of the machines in which the chips sat on that day, in the order of time, by whatever chip: one
 * that was swapped speaks for each machine as long as it sat there. A machine without any gets one empty row.
 */
export async function selectMachineFixes(
  tx: Db,
  day: string,
  chipIds: readonly ChipId[],
): Promise<MachineFixRow[]> {
  const starts = new Date(shanghaiDayStartMs(day));
  const ends = new Date(shanghaiDayStartMs(addDays(day, 1)));
  const { rows } = await sql<MachineFixRow>`
    with touched as (
      select distinct machine_id from chip_fittings
      where chip_id = any(${[...chipIds]}::text[]) and fitted_at < ${ends}
        and (removed_at is null or removed_at > ${starts}))
    select t.machine_id, c.starts_at, c.latitude_degrees, c.longitude_degrees, c.accuracy_metres, c.has_arc
    from touched t
    left join (chip_fittings f
      join telemetry_chunks c on c.chip_id = f.chip_id and c.starts_at >= ${starts} and c.starts_at < ${ends}
        and c.latitude_degrees is not null and c.starts_at >= f.fitted_at
        and (f.removed_at is null or c.starts_at < f.removed_at)) on f.machine_id = t.machine_id
    order by t.machine_id, c.starts_at`.execute(tx);
  return rows;
}

export interface NewDay {
  machine_id: MachineId;
  day: string;
  places: readonly KeptPlace[];
}

/** Writes days whole, and marks their machines to be classified again. What a chip reported replaces what was simulated. */
export async function writeDays(
  tx: Db,
  days: readonly NewDay[],
  { isSimulated = false } = {},
): Promise<void> {
  if (days.length === 0) return;
  await sql`
    insert into movement_days (machine_id, day, places, is_simulated)
    select machine_id, day, places, ${isSimulated}
    from ${recordset(days, "machine_id uuid, day text, places jsonb")}
    on conflict (machine_id, day) do update
      set places = excluded.places, is_simulated = excluded.is_simulated`.execute(tx);
  const machineIds = [...new Set(days.map(({ machine_id }) => machine_id))];
  await sql`
    insert into machine_movements (machine_id) select unnest(${machineIds}::uuid[])
    on conflict (machine_id) do update set is_stale = true`.execute(tx);
}

export interface StaleMachine {
  machine_id: MachineId;
  /** What PostgreSQL calls the row as it stands: another after each change (`xmin`). */
  version: string;
}

/**
 * Machines whose days have changed, or that were classified for another day's window. Servers share them by locks; on
 * the embedded database there is one, and nobody should wait for it while it computes.
 */
export async function takeStaleMachines(tx: Db, toDay: string, limit: number): Promise<StaleMachine[]> {
  const { rows } = await sql<StaleMachine>`
    select machine_id, xmin::text as version from machine_movements where is_stale or classified_on < ${toDay}
    limit ${limit} ${hasOneConnection(tx) ? sql`` : sql`for update skip locked`}`.execute(tx);
  return rows;
}

export async function selectDays(
  db: Db,
  machineIds: readonly MachineId[],
  { fromDay, toDay }: { fromDay: string; toDay: string },
): Promise<{ machine_id: MachineId; day: string; places: KeptPlace[]; is_simulated: boolean }[]> {
  return await db
    .selectFrom("movement_days")
    .select(["machine_id", "day", "places", "is_simulated"])
    .where(sql<boolean>`machine_id = any(${[...machineIds]}::uuid[])`)
    .where("day", ">=", fromDay)
    .where("day", "<=", toDay)
    .orderBy("machine_id")
    .orderBy("day")
    .execute();
}

/** Where a machine's days have changed again since it was taken, it stays to be classified. */
export async function writeMachineMovements(
  tx: Db,
  rows: readonly StaleMachine[],
  classifiedAt: Date,
  classifiedOn: string,
): Promise<void> {
  await sql`
    update machine_movements v set is_stale = false, classified_at = ${classifiedAt}, classified_on = ${classifiedOn},
      found = r.found, places = r.places, place_count = r.place_count, moves = r.moves,
      farthest_metres = r.farthest_metres, days = r.days, worked_days = r.worked_days,
      simulated_days = r.simulated_days, from_day = r.from_day, to_day = r.to_day
    from ${recordset(
      rows,
      `machine_id uuid, found text, places jsonb, place_count integer, moves integer, farthest_metres integer,
       days integer, worked_days integer, simulated_days integer, from_day text, to_day text, version text`,
    )}
    where v.machine_id = r.machine_id and v.xmin::text = r.version`.execute(tx);
}

const FORGOTTEN_AT_ONCE = 2_000;

export async function forgetDays(db: Db, before: string): Promise<void> {
  await sql`
    delete from movement_days where (machine_id, day) in (
      select machine_id, day from movement_days where day < ${before} limit ${FORGOTTEN_AT_ONCE})`.execute(
    db,
  );
}
