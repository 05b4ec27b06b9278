import type { MachineId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** What told the reader's last look apart from this one. */
export interface Since {
  /** Twins heard since. */
  heard: Date;
  /** Of twins heard since then also those that have gone: the broker's word is not the chip's. */
  gone: Date;
  /** Alarms changed since. */
  alarms: Date;
  /** Machines, firms and sessions written by this transaction or a later one. */
  xid: string;
}

/** The rest is found by the walk through all machines. */
const MOST_CHANGED = 4_000;

/** The oldest transaction that is not over: what it writes, and whatever comes later, was not seen yet. */
export async function selectOldestXid(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{
    xid: string;
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db);
  return rows[0]!.xid;
}

/** A machine of which something that the map shows may have changed. */
export interface ChangedMachine {
  machine_id: MachineId;
  /** The version of its twin, where the twin is a reason; */
  twin_version: string | null;
  /** and whether there is another. */
  is_more_than_twin: boolean;
}

/** Machines of which something that the map shows may have changed, each once. */
export async function selectChangedMachines(db: Kysely<Tables>, since: Since): Promise<ChangedMachine[]> {
  const { rows } = await sql<ChangedMachine>`
    select machine_id, max(twin_version) as twin_version, bool_or(twin_version is null) as is_more_than_twin from (
      select m.machine_id, t.xmin::text as twin_version from twins t join machines m on m.chip_id = t.chip_id
        where t.last_heard_at >= ${since.heard} or (t.is_gone and t.last_heard_at >= ${since.gone})
      union all select machine_id, null from machines where changed_xid >= ${since.xid}::xid8
      union all select machine_id, null from work_sessions where changed_xid >= ${since.xid}::xid8
      union all select m.machine_id, null from enterprises e join machines m on m.enterprise_id = e.enterprise_id
        where e.changed_xid >= ${since.xid}::xid8
      union all select machine_id, null from alarms where changed_at >= ${since.alarms} and machine_id is not null
    ) as found group by machine_id limit ${MOST_CHANGED}`.execute(db);
  return rows;
}

/** The next machines in the order of their ids. @param after null: from the first */
export async function selectNextMachines(
  db: Kysely<Tables>,
  after: MachineId | null,
  limit: number,
): Promise<MachineId[]> {
  const rows = await db
    .selectFrom("machines")
    .select("machine_id")
    .$if(after !== null, (query) => query.where("machine_id", ">", after!))
    .orderBy("machine_id")
    .limit(limit)
    .execute();
  return rows.map(({ machine_id }) => machine_id);
}

/**
 * What the map shows and filters of some machines. A database without statistics, as the embedded one always is, would find
 * a machine's alarm among all open ones and a welder's certificate among all that are valid: these two are written so that only the
 * index by machine and by welder fits.
 * @param today the civil day of Shanghai, for certificates in force
 */
export async function selectMachineRecords(
  db: Kysely<Tables>,
  machineIds: readonly MachineId[],
  today: string,
) {
  return await db
    .selectFrom("machines as m")
    .innerJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .leftJoin("twins as t", "t.chip_id", "m.chip_id")
    .leftJoin("machine_movements as v", "v.machine_id", "m.machine_id")
    .leftJoin("work_sessions as s", (join) =>
      join.onRef("s.machine_id", "=", "m.machine_id").on("s.status", "in", ["granted", "energised"]),
    )
    .select([
      "m.machine_id",
      "m.name",
      "m.region_code",
      "m.enterprise_id",
      "m.process",
      "m.is_locked as is_machine_locked",
      "m.home_latitude_degrees",
      "m.home_longitude_degrees",
      "e.type",
      "e.domain",
      "e.industry",
      "s.status as session_status",
      "t.relay_closed",
      "t.arc_on",
      "t.is_locked",
      "t.is_tampered",
      "t.is_faulted",
      "t.last_heard_at",
      "t.is_gone",
      "t.latitude_degrees",
      "t.longitude_degrees",
      "t.current_amps",
      sql<boolean>`case coalesce(v.override, nullif(v.found, 'undecided'))
        when 'mobile' then true when 'fixed' then false else m.is_mobile end`.as("is_mobile"),
      sql<number | null>`(select max(case a.severity when 'danger' then 3 when 'warning' then 2 else 1 end)
        from alarms a where a.machine_id = m.machine_id and coalesce(a.closed_at, 'infinity') = 'infinity'
          and a.handling <> 'recorded')`.as("alarm"),
      sql<string[] | null>`(select array_agg(p.key_area_id::text order by p.key_area_id) from machine_places p
        where p.machine_id = m.machine_id and p.state = 'inside')`.as("key_area_ids"),
      sql<
        string[] | null
      >`case when s.welder_id is not null then (select array_agg(distinct c.family) from certificates c
        where c.welder_id = s.welder_id and c.status || ' ' || c.verification = 'valid verified'
          and c.valid_from <= ${today} and c.valid_to >= ${today}) end`.as("families"),
      sql<Date | null>`(select coalesce(w.ended_at, w.energised_at) from work_sessions w
        where w.machine_id = m.machine_id and w.energised_at is not null order by w.granted_at desc limit 1)`.as(
        "worked_at",
      ),
      sql<boolean>`coalesce(s.status = 'energised', false)`.as("is_at_work"),
    ])
    .where(sql<boolean>`m.machine_id = any(${[...machineIds]}::uuid[])`)
    .execute();
}

export type MachineRecordRow = Awaited<ReturnType<typeof selectMachineRecords>>[number];
