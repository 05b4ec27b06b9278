import { decisionRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, requireScope, STAFF_ROLES, scopeOf } from "../sign-in/sign-in.ts";
import { decisionOf, replayStart } from "./decisions.ts";
import { countDecisions, selectDecision, selectDecisions } from "./queries.ts";

export function registerDecisions(server: FastifyInstance, ctx: AppContext): void {
  handle(server, decisionRoutes.listDecisions, async (request) => {
    const scope = scopeOf(requireRole(request, ...STAFF_ROLES), ...STAFF_ROLES);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectDecisions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => decisionOf(ctx, row));
    return { items, total: await countDecisions(ctx.db, filter), page, pageSize };
  });

  handle(server, decisionRoutes.getDecision, async (request) => {
    const scope = scopeOf(requireRole(request, ...STAFF_ROLES), ...STAFF_ROLES);
    const row = await selectDecision(ctx.db, request.params.decisionId);
    if (!row) throw new AppError("decision.not_found");
    requireScope(scope, row.region_code, row.enterprise_id);
    return {
      ...decisionOf(ctx, row),
      facts: row.facts as Record<string, unknown>,
      policy: row.policy as Record<string, unknown>,
      replay: replayStart(row, row.decided_at.getTime()),
    };
  });
}
