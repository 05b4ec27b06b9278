import { decisionRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { isInScope, requireScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { decisionOf, replayStart } from "./decisions.ts";
import { countDecisions, selectDecision, selectDecisions } from "./queries.ts";

export function registerDecisions(server: FastifyInstance, ctx: AppContext): void {
  handle(server, decisionRoutes.listDecisions, async (request) => {
    const { person, scope } = requireSight(request, "decisions");
    const named = sightOf(person, "people");
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectDecisions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) =>
      decisionOf(ctx, row, { isNamed: isInScope(named, row.region_code, row.enterprise_id) }),
    );
    return { items, total: await countDecisions(ctx.db, filter), page, pageSize };
  });

  handle(server, decisionRoutes.getDecision, async (request) => {
    const { person, scope } = requireSight(request, "decisions");
    const row = await selectDecision(ctx.db, request.params.decisionId);
    if (!row) throw new AppError("decision.not_found");
    requireScope(scope, row.region_code, row.enterprise_id);
    const isNamed = isInScope(sightOf(person, "people"), row.region_code, row.enterprise_id);
    return {
      ...decisionOf(ctx, row, { isNamed }),
      facts: isNamed ? (row.facts as Record<string, unknown>) : withoutPeople(row.facts),
      policy: row.policy as Record<string, unknown>,
      replay: replayStart(row, row.decided_at.getTime()),
    };
  });
}

/** What a decision was made from, less what it says about the welder and the certificates. */
function withoutPeople(facts: unknown): Record<string, unknown> {
  const { welder: _welder, certificates: _certificates, ...rest } = facts as Record<string, unknown>;
  return rest;
}
