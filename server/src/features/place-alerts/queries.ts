import type { KeyAreaId, MachineId, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

export interface UntoldEntry {
  machine_id: MachineId;
  key_area_id: KeyAreaId;
  at: Date;
  machine_name: string;
  area_name: string;
  work_session_id: WorkSessionId | null;
  /** The welder of the open work session and the officers of the machine's owner. */
  person_ids: PersonId[];
}

/** Entries that nobody was told of yet, the oldest first. */
export async function selectUntoldEntries(db: Kysely<Tables>, limit: number): Promise<UntoldEntry[]> {
  const { rows } = await sql<UntoldEntry>`
    select v.machine_id, v.key_area_id, v.at, m.name as machine_name, a.name as area_name, s.work_session_id,
           array(select w.person_id from welders w where w.welder_id = s.welder_id
                 union
                 select g.person_id from role_grants g
                 where g.role = 'enterprise-officer' and g.enterprise_id = m.enterprise_id) as person_ids
    from place_events v
    join machines m using (machine_id)
    join key_areas a using (key_area_id)
    left join work_sessions s on s.machine_id = v.machine_id and s.status in ('granted', 'energised')
    where v.people_told_at is null and v.kind = 'entered'
    order by v.noticed_at
    limit ${limit}`.execute(db);
  return rows;
}

/** What has been told, and all that nobody needs to be told of. */
export async function markTold(
  tx: Kysely<Tables>,
  entries: readonly Pick<UntoldEntry, "machine_id" | "key_area_id" | "at">[],
  now: Date,
): Promise<void> {
  await sql`
    update place_events v set people_told_at = ${now}
    from unnest(${entries.map(({ machine_id }) => machine_id)}::uuid[],
                ${entries.map(({ key_area_id }) => key_area_id)}::uuid[],
                ${entries.map(({ at }) => at.toISOString())}::timestamptz[]) as t (machine_id, key_area_id, at)
    where v.machine_id = t.machine_id and v.key_area_id = t.key_area_id and v.at = t.at and v.kind = 'entered'`.execute(
    tx,
  );
}

export interface CarriedWork {
  work_session_id: WorkSessionId;
  machine_id: MachineId;
  machine_name: string;
  key_area_id: KeyAreaId;
  area_name: string;
  person_id: PersonId;
  stop_due_at: Date | null;
}

/**
 * Open work, not asked to stop yet, on machines in a key area for which it was not cleared when it started. Once its welder
 * has been told of the end, a place that has become unsure does not put it off: only leaving does.
 */
export async function selectCarriedWork(db: Kysely<Tables>): Promise<CarriedWork[]> {
  const { rows } = await sql<CarriedWork>`
    select s.work_session_id, s.machine_id, m.name as machine_name, p.key_area_id, a.name as area_name, w.person_id,
           p.stop_due_at
    from machine_places p
    join work_sessions s on s.machine_id = p.machine_id and s.status in ('granted', 'energised')
    join decisions d on d.decision_id = s.decision_id
    join machines m on m.machine_id = p.machine_id
    join welders w on w.welder_id = s.welder_id
    join key_areas a on a.key_area_id = p.key_area_id and a.status = 'active'
    where (p.state = 'inside' or p.stop_due_at is not null) and s.stop_requested_at is null
      and not coalesce(d.facts->'clearance'->>'keyAreaId' = p.key_area_id::text
                       and (d.facts->'clearance'->>'isReadyToStart')::boolean, false)
    order by s.work_session_id, p.key_area_id
    limit 1000`.execute(db);
  return rows;
}

/** False when another server has set it first, or the machine is there no more. */
export async function setStopDue(
  tx: Kysely<Tables>,
  { machine_id, key_area_id }: Pick<CarriedWork, "machine_id" | "key_area_id">,
  at: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable("machine_places")
    .set({ stop_due_at: at })
    .where("machine_id", "=", machine_id)
    .where("key_area_id", "=", key_area_id)
    .where("stop_due_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
