import type { ChipId, EnterpriseId, KeyAreaId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { machineSubject } from "./chip-alarms.ts";
import type { AreaAlarmContext } from "./permit-alarms.ts";

interface Entered {
  machine_id: MachineId;
  chip_id: ChipId | null;
  enterprise_id: EnterpriseId;
  key_area_id: KeyAreaId;
  area_region_code: RegionCode;
  site_owner_enterprise_id: EnterpriseId | null;
  entered_at: Date;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
}

/**
 * Machines that have come into a key area which makes demands and have no clearance there. What the area's own site owner
 * has, and what stands there from before it was followed, belongs there. When it entered is told by the chip's time.
 */
export async function selectEntries(ctx: AreaAlarmContext): Promise<AlarmFact[]> {
  const nowMs = ctx.clock.nowMs();
  const { rows } = await sql<Entered>`
    select m.machine_id, m.chip_id, m.enterprise_id, p.key_area_id, a.region_code as area_region_code,
           a.site_owner_enterprise_id, v.at as entered_at, t.latitude_degrees, t.longitude_degrees
    from machine_places p
    join machines m on m.machine_id = p.machine_id
    join key_areas a on a.key_area_id = p.key_area_id and a.status = 'active'
    join lateral (
      select e.at from place_events e
      where e.machine_id = p.machine_id and e.key_area_id = p.key_area_id and e.kind = 'entered'
      order by e.at desc limit 1) v on true
    left join twins t on t.chip_id = m.chip_id
    where m.enterprise_id is distinct from a.site_owner_enterprise_id
      and not exists (select from clearances c where c.machine_id = m.machine_id and c.key_area_id = p.key_area_id
                        and (c.ended_at is null or c.ended_at >= v.at))`.execute(ctx.db);
  return rows.flatMap((row) => {
    const demands = ctx.watchedAreas.inForce(row.key_area_id, nowMs)?.policy.demands;
    const isDemanding = demands && (demands.permit || demands.sceneCheck || demands.fireWatch);
    return isDemanding ? [factOf(row)] : [];
  });
}

function factOf(row: Entered): AlarmFact {
  const { latitude_degrees: latitudeDegrees, longitude_degrees: longitudeDegrees } = row;
  const enteredAtMs = row.entered_at.getTime();
  return {
    kind: "key-area-entered",
    subjectKey: machineSubject(row.machine_id, row.key_area_id),
    source: `entry:${row.machine_id}:${row.key_area_id}:${enteredAtMs}`,
    region: row.area_region_code,
    enterpriseId: row.enterprise_id,
    siteOwnerId: row.site_owner_enterprise_id,
    machineId: row.machine_id,
    chipId: row.chip_id,
    keyAreaId: row.key_area_id,
    place:
      latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees },
    occurredAtMs: enteredAtMs,
    data: {},
    evidence: [evidenceRef("key-area", row.key_area_id, enteredAtMs)],
  };
}
