import type { WorkSessionId } from "@hanyouxu/protocol";
import { distanceMetres, type TimedPosition } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { LockedPermit } from "./queries.ts";

/** How far from the hot-work point a machine may be for its work to be that of the permit, errors of both fixes included. */
const SAME_PLACE_METRES = 200;

interface SessionRow {
  work_session_id: WorkSessionId;
  site_owner_enterprise_id: string | null;
  chip_position: TimedPosition | null;
  phone_position: TimedPosition | null;
}

/**
 * Work of the permit's machine or welder at its place that began before the permit could hold: power that went on after
 * the draft, or is still on. Undefined where there is none.
 */
export async function workBeforeApproval(
  db: Kysely<Tables>,
  permit: LockedPermit,
): Promise<WorkSessionId | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.work_session_id, s.site_owner_enterprise_id, d.facts #> '{chip,position}' as chip_position,
           d.facts -> 'phonePosition' as phone_position
    from work_sessions s join decisions d using (decision_id)
    where (s.welder_id = ${permit.welder_id}::uuid or s.machine_id = ${permit.machine_id}::uuid)
      and s.energised_at is not null
      and (s.energised_at >= ${permit.created_at} or s.status = 'energised')
      -- Work under an earlier permit of the same machine or welder is that permit's.
      and not exists (
        select from hot_work_permits e
        where e.permit_id <> ${permit.permit_id}::uuid and e.approved_at is not null
          and (e.welder_id = s.welder_id or e.machine_id = s.machine_id)
          and e.site_owner_enterprise_id is not distinct from ${permit.site_owner_enterprise_id}::uuid
          and e.key_area_id is not distinct from ${permit.key_area_id}::uuid
          and e.valid_from <= s.energised_at
          and s.energised_at < least(e.valid_to, coalesce(e.ended_at, e.valid_to)))
    order by s.energised_at`.execute(db);
  return rows.find((row) => isAtPlace(permit, row))?.work_session_id;
}

function isAtPlace(permit: LockedPermit, row: SessionRow): boolean {
  const { latitude_degrees: latitudeDegrees, longitude_degrees: longitudeDegrees } = permit;
  const owner = permit.site_owner_enterprise_id;
  if (owner !== null && row.site_owner_enterprise_id === owner) return true;
  const position = row.chip_position ?? row.phone_position;
  if (!position || latitudeDegrees === null || longitudeDegrees === null) return false;
  return distanceMetres({ latitudeDegrees, longitudeDegrees }, position) <= SAME_PLACE_METRES;
}

/** Whether power is on under the permit's machine, or its welder where it names none. */
export async function isAtWork(
  db: Kysely<Tables>,
  permit: Pick<LockedPermit, "welder_id" | "machine_id">,
): Promise<boolean> {
  const { rows } = await sql`
    select from work_sessions s
    where s.welder_id = ${permit.welder_id}::uuid and s.status in ('granted', 'energised')
      and (${permit.machine_id}::uuid is null or s.machine_id = ${permit.machine_id}::uuid) limit 1`.execute(
    db,
  );
  return rows.length > 0;
}
