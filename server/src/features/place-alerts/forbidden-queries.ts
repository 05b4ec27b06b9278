import type { KeyAreaId, MachineId, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

export interface WorkInArea {
  work_session_id: WorkSessionId;
  machine_id: MachineId;
  machine_name: string;
  key_area_id: KeyAreaId;
  /** The welder and the officers of the machine's owner. */
  person_ids: PersonId[];
}

/**
 * Open work, not asked to stop yet, and each key area that it goes on in: where its machine was followed to, and where it
 * was found to be, or was cleared for, when it started, unless it has left since.
 */
export async function selectWorkInAreas(db: Kysely<Tables>): Promise<WorkInArea[]> {
  const { rows } = await sql<WorkInArea>`
    select s.work_session_id, s.machine_id, m.name as machine_name, k.key_area_id,
           array(select w.person_id from welders w where w.welder_id = s.welder_id
                 union
                 select g.person_id from role_grants g
                 where g.role = 'enterprise-officer' and g.enterprise_id = m.enterprise_id) as person_ids
    from work_sessions s
    join decisions d on d.decision_id = s.decision_id
    join machines m on m.machine_id = s.machine_id
    join lateral (
      select p.key_area_id from machine_places p
      where p.machine_id = s.machine_id
        -- Once people have been told of the end, a place that has become unsure does not put it off.
        and (p.state = 'inside'
             or exists (select from forbidden_work_ends e
                        where e.work_session_id = s.work_session_id and e.key_area_id = p.key_area_id))
      union
      select (f->>'keyAreaId')::uuid
      from jsonb_array_elements(coalesce(d.facts->'keyAreas', '[]')) f
      where (f->>'state' = 'inside'
             or (f->>'keyAreaId' = d.facts->'clearance'->>'keyAreaId'
                 and (d.facts->'clearance'->>'isReadyToStart')::boolean))
        and not exists (select from place_events v
                        where v.machine_id = s.machine_id and v.key_area_id = (f->>'keyAreaId')::uuid
                          and v.kind = 'left' and v.at >= s.granted_at)
    ) k on true
    where s.status in ('granted', 'energised') and s.stop_requested_at is null
    order by s.work_session_id, k.key_area_id`.execute(db);
  return rows;
}

/** False when another server has set it first. */
export async function setForbiddenEnd(
  tx: Kysely<Tables>,
  { work_session_id, key_area_id }: Pick<WorkInArea, "work_session_id" | "key_area_id">,
  due_at: Date,
): Promise<boolean> {
  const result = await tx
    .insertInto("forbidden_work_ends")
    .values({ work_session_id, key_area_id, due_at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Of work that has ended too. */
export async function selectForbiddenEnds(db: Kysely<Tables>) {
  return await db.selectFrom("forbidden_work_ends").selectAll().execute();
}

export async function dropForbiddenEnd(
  db: Kysely<Tables>,
  { work_session_id, key_area_id }: Pick<WorkInArea, "work_session_id" | "key_area_id">,
): Promise<void> {
  await db
    .deleteFrom("forbidden_work_ends")
    .where("work_session_id", "=", work_session_id)
    .where("key_area_id", "=", key_area_id)
    .execute();
}
