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

/** Clearances at work whose fire watch has left or does not answer. */
export async function selectAbsentWatches({ db, clock }: AlarmContext): Promise<AlarmFact[]> {
  const { rows } = await sql<{
    clearance_id: string;
    region_code: RegionCode;
    enterprise_id: EnterpriseId;
    site_owner_enterprise_id: EnterpriseId | null;
    machine_id: MachineId;
    welder_id: WelderId;
    key_area_id: KeyAreaId;
    open_work_session_id: WorkSessionId;
    latitude_degrees: number;
    longitude_degrees: number;
    seq: number | null;
  }>`
    select c.clearance_id, c.region_code, c.enterprise_id, c.site_owner_enterprise_id, c.machine_id, c.welder_id,
           c.key_area_id, c.open_work_session_id, c.latitude_degrees, c.longitude_degrees,
           (select max(e.seq) from clearance_events e where e.clearance_id = c.clearance_id
              and e.effects @> '[{"kind":"tell","what":"watch-absent"}]') as seq
    from clearances c
    where c.ended_at is null and c.open_work_session_id is not null
      and c.state->'watch'->>'status' = 'absent'`.execute(db);
  const nowMs = clock.nowMs();
  return rows.map((row) => ({
    kind: "fire-watch-absent" as const,
    subjectKey: `clearance:${row.clearance_id}`,
    // Each time that the watch goes away is one of its own.
    source: `clearance:${row.clearance_id}:${row.seq}:watch-absent`,
    region: row.region_code,
    enterpriseId: row.enterprise_id,
    siteOwnerId: row.site_owner_enterprise_id,
    machineId: row.machine_id,
    welderId: row.welder_id,
    keyAreaId: row.key_area_id,
    clearanceId: row.clearance_id,
    workSessionId: row.open_work_session_id,
    place: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    occurredAtMs: nowMs,
    data: {},
    evidence: [evidenceRef("clearance", row.clearance_id, nowMs)],
  }));
}

/** Conflicts of works that are open: `features/simultaneous-work` raises and clears them. */
export async function selectWorkConflicts({ db, clock }: AlarmContext): Promise<AlarmFact[]> {
  const rows = await db.selectFrom("work_conflicts").selectAll().where("cleared_at", "is", null).execute();
  const nowMs = clock.nowMs();
  return rows.map((row) => ({
    kind: "simultaneous-work" as const,
    subjectKey: `work-conflict:${row.work_conflict_id}`,
    source: `work-conflict:${row.work_conflict_id}`,
    region: row.one_region_code,
    enterpriseId: row.one_enterprise_id,
    siteOwnerId: row.one_site_owner_enterprise_id,
    place: {
      latitudeDegrees: row.one.place.latitudeDegrees,
      longitudeDegrees: row.one.place.longitudeDegrees,
    },
    occurredAtMs: nowMs,
    data: {
      otherWork: row.kind,
      metres: Math.round(row.finding.horizontalMetres),
      limitMetres: row.finding.limitMetres,
    },
    evidence: [evidenceRef("work-conflict", row.work_conflict_id, row.raised_at.getTime())],
  }));
}
