import type {
  EnterpriseId,
  KeyAreaId,
  MachineId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import { sql } from "kysely";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import type { AlarmContext } from "./store-step.ts";

/** Of a clearance `c`, what an alarm about it says of whose and where it is. */
const ABOUT = sql`c.clearance_id, c.region_code, c.enterprise_id, c.site_owner_enterprise_id, c.machine_id,
                  c.welder_id, c.key_area_id, c.latitude_degrees, c.longitude_degrees`;

interface AboutClearance {
  clearance_id: string;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  site_owner_enterprise_id: EnterpriseId | null;
  machine_id: MachineId;
  welder_id: WelderId;
  key_area_id: KeyAreaId;
  latitude_degrees: number;
  longitude_degrees: number;
}

function aboutClearance(row: AboutClearance) {
  return {
    subjectKey: `clearance:${row.clearance_id}`,
    region: row.region_code,
    enterpriseId: row.enterprise_id,
    siteOwnerId: row.site_owner_enterprise_id,
    machineId: row.machine_id,
    welderId: row.welder_id,
    keyAreaId: row.key_area_id,
    clearanceId: row.clearance_id,
    place: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
  } satisfies Partial<AlarmFact>;
}

/**
 * Clearances whose fire watch has left or does not answer while work went on. The machine is cut for that within a moment, sooner
 * than anybody looks here: whether work went on is told by the event that found the watch gone, not by what runs now.
 */
export async function selectAbsentWatches({ db, clock }: AlarmContext): Promise<AlarmFact[]> {
  const { rows } = await sql<AboutClearance & { work_session_id: WorkSessionId; seq: number }>`
    select ${ABOUT}, gone.seq,
           (select effect->>'workSessionId' from jsonb_array_elements(gone.effects) effect
            where effect->>'kind' = 'stop-new-arcs' limit 1) as work_session_id
    from clearances c
    cross join lateral (
      select e.seq, e.effects from clearance_events e
      where e.clearance_id = c.clearance_id and e.effects @> '[{"kind":"tell","what":"watch-absent"}]'
      order by e.seq desc limit 1) gone
    where c.ended_at is null and c.state->'watch'->>'status' = 'absent'
      and not (c.state->'work'->>'isFinished')::boolean
      and gone.effects @> '[{"kind":"stop-new-arcs","because":"watch-absent"}]'`.execute(db);
  const nowMs = clock.nowMs();
  return rows.map((row) => ({
    ...aboutClearance(row),
    kind: "fire-watch-absent" as const,
    // Each time that the watch goes away is one of its own.
    source: `clearance:${row.clearance_id}:${row.seq}:watch-absent`,
    workSessionId: row.work_session_id,
    occurredAtMs: nowMs,
    data: {},
    evidence: [evidenceRef("clearance", row.clearance_id, nowMs)],
  }));
}

/** Clearances whose scene has failed as often as calls the station, until it has released or forbidden. */
export async function selectFailedScenes({ db }: AlarmContext): Promise<AlarmFact[]> {
  const { rows } = await sql<AboutClearance & { station_call_id: string; called_at: Date; fails: number }>`
    select ${ABOUT}, k.station_call_id, k.called_at, (c.state->'scene'->>'fails')::int as fails
    from station_calls k
    join clearances c using (clearance_id)
    where k.decided_at is null and k.cause = 'scene' and c.ended_at is null
      and (c.state->'scene'->>'fails')::int >= (c.policy->>'sceneAttempts')::int`.execute(db);
  return rows.map((row) => ({
    ...aboutClearance(row),
    kind: "scene-failed-twice" as const,
    source: `station-call:${row.station_call_id}:scene`,
    occurredAtMs: row.called_at.getTime(),
    data: { fails: row.fails },
    evidence: [evidenceRef("clearance", row.clearance_id, row.called_at.getTime())],
  }));
}
