import type { EnterpriseId, KeyAreaId, MachineId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { sql } from "kysely";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import type { AlarmContext } from "./store-step.ts";

/** Clearances whose scene has failed as often as calls the station, until it has released or forbidden. */
export async function selectFailedScenes({ db }: AlarmContext): Promise<AlarmFact[]> {
  const { rows } = await sql<{
    station_call_id: string;
    called_at: Date;
    fails: number;
    clearance_id: string;
    region_code: RegionCode;
    enterprise_id: EnterpriseId;
    site_owner_enterprise_id: EnterpriseId | null;
    machine_id: MachineId;
    welder_id: WelderId;
    key_area_id: KeyAreaId;
    latitude_degrees: number;
    longitude_degrees: number;
  }>`
    select k.station_call_id, k.called_at, (c.state->'scene'->>'fails')::int as fails, c.clearance_id, c.region_code,
           c.enterprise_id, c.site_owner_enterprise_id, c.machine_id, c.welder_id, c.key_area_id, c.latitude_degrees,
           c.longitude_degrees
    from station_calls k
    join clearances c using (clearance_id)
    where k.decided_at is null and k.cause = 'scene' and c.ended_at is null
      and (c.state->'scene'->>'fails')::int >= (c.policy->>'sceneAttempts')::int`.execute(db);
  return rows.map((row) => ({
    kind: "scene-failed-twice" as const,
    subjectKey: `clearance:${row.clearance_id}`,
    source: `station-call:${row.station_call_id}:scene`,
    region: row.region_code,
    enterpriseId: row.enterprise_id,
    siteOwnerId: row.site_owner_enterprise_id,
    machineId: row.machine_id,
    welderId: row.welder_id,
    keyAreaId: row.key_area_id,
    clearanceId: row.clearance_id,
    place: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    occurredAtMs: row.called_at.getTime(),
    data: { fails: row.fails },
    evidence: [evidenceRef("clearance", row.clearance_id, row.called_at.getTime())],
  }));
}
