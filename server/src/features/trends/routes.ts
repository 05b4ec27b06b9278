import { trendRoutes } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { tallyInspections } from "@hanyouxu/rules";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { type Person, requireScope, requireSight } from "../sign-in/sign-in.ts";
import { anomaliesOf } from "./anomalies.ts";
import { forecastOf } from "./forecast.ts";
import { createPlan, planDetail, planSummaryOf, reportVisit, requirePlan } from "./inspection-plans.ts";
import { countPlans, selectPlans, selectResults } from "./plan-queries.ts";
import { PLAN_ROLES, TREND_ROLES } from "./policy.ts";
import { firmRiskOf, judgedFirms, shownWeights } from "./risks.ts";

/** Older results say little of the weights that hold. */
const MOST_RESULTS = 5_000;

export function registerTrends(server: FastifyInstance, ctx: AppContext): void {
  handle(server, trendRoutes.getForecast, async (request) => {
    const { measure, region } = request.query;
    // Work is the sessions', whoever may not see those may not see it foretold.
    const { scope } = requireSight(request, measure === "work" ? "sessions" : "alarms", "rows", TREND_ROLES);
    requireScope(scope, region);
    return await forecastOf(ctx, region as RegionCode, measure);
  });

  handle(server, trendRoutes.listAnomalies, async (request) => {
    requireWhole(request, request.query.region);
    return await anomaliesOf(ctx, request.query.region as RegionCode);
  });

  handle(server, trendRoutes.listRisks, async (request) => {
    const { page, pageSize, region } = request.query;
    requireWhole(request, region);
    const firms = await judgedFirms(ctx, region as RegionCode);
    const items = firms.slice((page - 1) * pageSize, page * pageSize).map(firmRiskOf);
    return { items, total: firms.length, page, pageSize, weights: shownWeights() };
  });

  handle(server, trendRoutes.createInspectionPlan, async (request) => {
    const { region, ...means } = request.body;
    const person = requireWhole(request, region, PLAN_ROLES);
    const planId = await createPlan(ctx, region as RegionCode, means, person.personId);
    return await planDetail(ctx, planId);
  });

  handle(server, trendRoutes.listInspectionPlans, async (request) => {
    const { page, pageSize } = request.query;
    const region = request.query.region as RegionCode;
    requireWhole(request, region);
    const rows = await selectPlans(ctx.db, { region }, pageSize, (page - 1) * pageSize);
    return { items: rows.map(planSummaryOf), total: await countPlans(ctx.db, region), page, pageSize };
  });

  handle(server, trendRoutes.getInspectionPlan, async (request) => {
    await requireReached(request, request.params.inspectionPlanId);
    return await planDetail(ctx, request.params.inspectionPlanId);
  });

  handle(server, trendRoutes.reportInspection, async (request) => {
    const { inspectionPlanId } = request.params;
    const person = await requireReached(request, inspectionPlanId);
    const enterpriseId = request.body.enterpriseId as EnterpriseId;
    await reportVisit(ctx, inspectionPlanId, { ...request.body, enterpriseId }, person.personId);
    return await planDetail(ctx, inspectionPlanId);
  });

  handle(server, trendRoutes.listInspectionTallies, async (request) => {
    requireWhole(request, request.query.region);
    const results = await selectResults(ctx.db, request.query.region as RegionCode, MOST_RESULTS);
    return { items: tallyInspections(results) };
  });

  async function requireReached(request: FastifyRequest, planId: string): Promise<Person> {
    const { person, scope } = requireSight(request, "alarms", "rows", TREND_ROLES);
    const { region_code: region } = await requirePlan(ctx, planId);
    requireScope(scope, region);
    requireWhole(request, region);
    return person;
  }
}

/** A region that the caller sees the alarms, the starts and the work of: a score tells of all three. */
function requireWhole(
  request: FastifyRequest,
  region: string,
  roles: typeof TREND_ROLES | typeof PLAN_ROLES = TREND_ROLES,
): Person {
  for (const group of ["decisions", "sessions"] as const) {
    requireScope(requireSight(request, group, "rows", roles).scope, region);
  }
  const { person, scope } = requireSight(request, "alarms", "rows", roles);
  requireScope(scope, region);
  return person;
}
