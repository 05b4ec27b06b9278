import type { KeyAreaId, MachineId, WelderId, WorkSessionId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** Work under power in a key area, or cleared for one, with the permit that it is done under. */
export interface WorkInKeyArea {
  work_session_id: WorkSessionId;
  key_area_id: KeyAreaId;
  key_area_name: string;
  /** Since when the machine is there, where it was followed to; null: it was cleared for the area, and is not there. */
  since: Date | null;
  /** Carried in: until then it may go on without a clearance. */
  stop_due_at: Date | null;
  /** Until then work may go on where it has come to be forbidden; or since when it is asked to stop. */
  forbidden_due_at: Date | null;
  /** The clearance that the work was started under is for this area. */
  is_cleared: boolean;
  permit: {
    status: string;
    statusChangedAt: string | null;
    validFrom: string | null;
    validTo: string | null;
    machineId: MachineId | null;
    welderId: WelderId;
  } | null;
}

/** A place that is unsure counts only for what was cleared there: nobody is blamed for a fix that wanders. */
export async function selectWorkInKeyAreas(db: Kysely<Tables>): Promise<WorkInKeyArea[]> {
  const { rows } = await sql<WorkInKeyArea>`
    with work as (
      select s.work_session_id, s.machine_id, c.key_area_id as cleared_area, coalesce(c.permit_id, ended.permit_id) as permit_id,
             s.stop_requested_at
      from work_sessions s
      left join clearances c on c.clearance_id = s.clearance_id
      -- A permit that ended is no longer the clearance's: it is known from when it was attached.
      left join lateral (
        select (e.event->>'permitId')::uuid as permit_id from clearance_events e
        where e.clearance_id = s.clearance_id and e.event->>'kind' = 'permit-approved'
        order by e.seq desc limit 1) ended on c.permit_id is null
      where s.status = 'energised'),
    inside as (
      select w.work_session_id, p.key_area_id, p.since, p.stop_due_at from work w
      join machine_places p on p.machine_id = w.machine_id and p.state = 'inside'
      union
      select w.work_session_id, w.cleared_area, null, null from work w
      where w.cleared_area is not null and not exists (
        select from machine_places p where p.machine_id = w.machine_id and p.key_area_id = w.cleared_area
          and p.state = 'inside'))
    select i.work_session_id, i.key_area_id, a.name as key_area_name, i.since, i.stop_due_at,
           coalesce(f.due_at, w.stop_requested_at) as forbidden_due_at,
           w.cleared_area is not distinct from i.key_area_id as is_cleared,
           case when w.cleared_area = i.key_area_id and h.permit_id is not null then jsonb_build_object(
             'status', h.status, 'statusChangedAt', h.status_changed_at, 'validFrom', h.valid_from,
             'validTo', h.valid_to, 'machineId', h.machine_id, 'welderId', h.welder_id) end as permit
    from inside i
    join work w using (work_session_id)
    join key_areas a on a.key_area_id = i.key_area_id and a.status = 'active'
    left join forbidden_work_ends f on f.work_session_id = i.work_session_id and f.key_area_id = i.key_area_id
    left join hot_work_permits h on h.permit_id = w.permit_id`.execute(db);
  return rows;
}
