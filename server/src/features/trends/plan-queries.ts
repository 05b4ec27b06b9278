import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { InspectionFinding, InspectionMeans, InspectionResult, RiskPart } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { isWithin } from "./series-queries.ts";

type Db = Kysely<Tables>;

export interface PlanRow {
  inspection_plan_id: string;
  region_code: RegionCode;
  region_name: string;
  created_at: Date;
  weights_version: string;
  means: InspectionMeans;
  visits: number;
  reported: number;
  found: number;
}

export interface VisitRow {
  enterprise_id: EnterpriseId;
  name: string;
  region_code: RegionCode;
  region_name: string;
  day: number;
  person: number;
  turn: number;
  score: number;
  parts: RiskPart[];
  finding: InspectionFinding | null;
  note: string | null;
  reported_at: Date | null;
}

/** Plans by id, or of a region, the newest first. */
export async function selectPlans(
  db: Db,
  which: { planId: string } | { region: RegionCode },
  limit: number,
  offset: number,
): Promise<PlanRow[]> {
  const condition =
    "planId" in which
      ? sql`p.inspection_plan_id = ${which.planId}::uuid`
      : isWithin("p.region_code", which.region);
  const { rows } = await sql<PlanRow>`
    select p.inspection_plan_id, p.region_code, r.name as region_name, p.created_at, p.weights_version, p.means,
           v.visits, v.reported, v.found
    from inspection_plans p
    join regions r on r.region_code = p.region_code
    cross join lateral (
      select count(*)::int as visits, count(finding)::int as reported,
             count(*) filter (where finding = 'found')::int as found
      from inspection_visits v where v.inspection_plan_id = p.inspection_plan_id) v
    where ${condition}
    order by p.created_at desc, p.inspection_plan_id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export async function countPlans(db: Db, region: RegionCode): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from inspection_plans p where ${isWithin("p.region_code", region)}`.execute(
    db,
  );
  return rows[0]!.count;
}

/** In the order in which they are made. */
export async function selectVisits(db: Db, planId: string): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select v.enterprise_id, e.name, v.region_code, coalesce(r.name, v.region_code) as region_name,
           v.day, v.person, v.turn, v.score, v.parts, v.finding, v.note, v.reported_at
    from inspection_visits v join enterprises e using (enterprise_id)
    left join regions r on r.region_code = v.region_code
    where v.inspection_plan_id = ${planId}::uuid
    order by v.day, v.person, v.turn`.execute(db);
  return rows;
}

/** Firms that a plan since then has a visit for which nobody has reported on. */
export async function selectWaiting(db: Db, region: RegionCode, since: Date): Promise<Set<EnterpriseId>> {
  const { rows } = await sql<{ enterprise_id: EnterpriseId }>`
    select v.enterprise_id from inspection_visits v join inspection_plans p using (inspection_plan_id)
    where v.finding is null and ${isWithin("v.region_code", region)} and p.created_at >= ${since}`.execute(
    db,
  );
  return new Set(rows.map(({ enterprise_id }) => enterprise_id));
}

/** False where it was reported before, or there is no such visit. */
export async function updateFinding(
  tx: Db,
  planId: string,
  enterpriseId: EnterpriseId,
  change: { finding: InspectionFinding; note: string | null; reported_by: PersonId; reported_at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable("inspection_visits")
    .set(change)
    .where("inspection_plan_id", "=", planId)
    .where("enterprise_id", "=", enterpriseId)
    .where("finding", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The newest results of a region, so many at most. */
export async function selectResults(db: Db, region: RegionCode, most: number): Promise<InspectionResult[]> {
  const { rows } = await sql<InspectionResult>`
    select p.weights_version as "weightsVersion", v.score, v.finding
    from inspection_visits v join inspection_plans p using (inspection_plan_id)
    where v.finding is not null and ${isWithin("p.region_code", region)}
    order by v.reported_at desc limit ${most}`.execute(db);
  return rows;
}
