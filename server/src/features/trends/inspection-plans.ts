import type { InspectionPlan } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type InspectionFinding, type InspectionMeans, planInspections, riskWeights } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  type PlanRow,
  selectPlans,
  selectVisits,
  selectWaiting,
  updateFinding,
  type VisitRow,
} from "./plan-queries.ts";
import { judgedFirms, shownParts } from "./risks.ts";

/** A visit that nobody reported on for so long keeps its firm out of new plans no longer. */
const WAITING_MS = 30 * 86_400_000;

type PlanContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

/**
 * Proposes visits to the region's riskiest firms that no open plan has yet, and stores them with the weights, so that a
 * later version changes nothing about them. @throws inspection_plan.nobody_to_visit
 */
export async function createPlan(
  ctx: PlanContext,
  region: RegionCode,
  means: InspectionMeans,
  actor: PersonId,
): Promise<string> {
  const now = new Date(ctx.clock.nowMs());
  const waiting = await selectWaiting(ctx.db, region, new Date(now.getTime() - WAITING_MS));
  const firms = new Map(
    (await judgedFirms(ctx, region))
      .filter(({ enterprise_id, score }) => score > 0 && !waiting.has(enterprise_id))
      .map((firm) => [firm.enterprise_id, firm]),
  );
  const candidates = [...firms.values()].map(({ enterprise_id: id, region_code, score }) => ({
    id,
    region: region_code as string,
    score,
  }));
  const visits = planInspections(candidates, means);
  if (visits.length === 0) throw new AppError("inspection_plan.nobody_to_visit");
  const planId = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await tx
      .insertInto("inspection_plans")
      .values({
        inspection_plan_id: planId,
        region_code: region,
        created_by: actor,
        created_at: now,
        weights_version: riskWeights.version,
        weights: JSON.stringify(riskWeights.weights),
        means: JSON.stringify(means),
      })
      .execute();
    await tx
      .insertInto("inspection_visits")
      .values(
        visits.map(({ id, region: at, ...turn }) => ({
          inspection_plan_id: planId,
          enterprise_id: id,
          region_code: at as RegionCode,
          ...turn,
          score: firms.get(id)!.score,
          parts: JSON.stringify(firms.get(id)!.parts),
        })),
      )
      .execute();
    await ctx.audit.record(tx, {
      actor,
      action: "inspection_plan.create",
      subject: `inspection_plan:${planId}`,
      details: { region, ...means, visits: visits.length, weightsVersion: riskWeights.version },
    });
  });
  return planId;
}

/** What a visit found, once. @throws inspection_plan.no_visit | inspection_plan.reported_already */
export async function reportVisit(
  ctx: PlanContext,
  planId: string,
  report: { enterpriseId: EnterpriseId; finding: InspectionFinding; note: string },
  actor: PersonId,
): Promise<void> {
  const { enterpriseId, finding, note } = report;
  const visits = await selectVisits(ctx.db, planId);
  if (!visits.some(({ enterprise_id }) => enterprise_id === enterpriseId)) {
    throw new AppError("inspection_plan.no_visit");
  }
  await ctx.db.transaction().execute(async (tx) => {
    const isReported = await updateFinding(tx, planId, enterpriseId, {
      finding,
      note: note === "" ? null : note,
      reported_by: actor,
      reported_at: new Date(ctx.clock.nowMs()),
    });
    if (!isReported) throw new AppError("inspection_plan.reported_already");
    await ctx.audit.record(tx, {
      actor,
      action: "inspection_plan.report",
      subject: `inspection_plan:${planId}`,
      details: { enterpriseId, finding },
    });
  });
}

/** @throws inspection_plan.not_found */
export async function requirePlan({ db }: Pick<AppContext, "db">, planId: string): Promise<PlanRow> {
  const [row] = await selectPlans(db, { planId }, 1, 0);
  if (!row) throw new AppError("inspection_plan.not_found");
  return row;
}

export async function planDetail(ctx: Pick<AppContext, "db">, planId: string): Promise<InspectionPlan> {
  const list = (await selectVisits(ctx.db, planId)).map(visitOf);
  return { ...planSummaryOf(await requirePlan(ctx, planId)), list };
}

export function planSummaryOf(row: PlanRow): Omit<InspectionPlan, "list"> {
  return {
    inspectionPlanId: row.inspection_plan_id,
    region: row.region_code,
    regionName: row.region_name,
    createdAt: row.created_at.toISOString(),
    weightsVersion: row.weights_version,
    staff: row.means.staff,
    days: row.means.days,
    visits: row.visits,
    reported: row.reported,
    found: row.found,
  };
}

function visitOf(row: VisitRow): InspectionPlan["list"][number] {
  return {
    enterpriseId: row.enterprise_id,
    name: row.name,
    region: row.region_code,
    regionName: row.region_name,
    day: row.day,
    person: row.person,
    turn: row.turn,
    score: row.score,
    parts: shownParts(row.parts),
    finding: row.finding,
    note: row.note,
    reportedAt: row.reported_at?.toISOString() ?? null,
  };
}
