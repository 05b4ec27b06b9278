import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import type { AlarmContext } from "./store-step.ts";

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
