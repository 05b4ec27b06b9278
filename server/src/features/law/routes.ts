import { lawRoutes } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { certificateTable, shanghaiDay } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, requireScope, requireSight } from "../sign-in/sign-in.ts";
import { lawCellDetailOf, lawCellOf, setRegime, tryCertificates } from "./law.ts";
import { LAW_ROLES, REGIME_ROLES } from "./policy.ts";
import { findEnterpriseRegime } from "./queries.ts";

export function registerLaw(server: FastifyInstance, ctx: AppContext): void {
  const dayOf = (day: string | undefined) => day ?? shanghaiDay(ctx.clock.nowMs());

  handle(server, lawRoutes.certificateTable, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const day = dayOf(request.query.day);
    return { day, cells: certificateTable(day).map(lawCellOf) };
  });

  handle(server, lawRoutes.certificateRule, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const cell = lawCellDetailOf(request.params.ruleId, dayOf(request.query.day));
    if (!cell) throw new AppError("law.rule_not_found");
    return cell;
  });

  handle(server, lawRoutes.tryCertificates, async (request) => {
    requireRole(request, ...LAW_ROLES);
    const { materialClass, position } = request.body.tsgNeeds ?? {};
    return tryCertificates({
      ...request.body,
      tsgNeeds: { ...(materialClass && { materialClass }), ...(position && { position }) },
    });
  });

  handle(server, lawRoutes.setRegime, async (request) => {
    const { person, scope } = requireSight(request, "enterprises", "rows", REGIME_ROLES);
    const enterprise = await findEnterpriseRegime(ctx.db, request.params.enterpriseId as EnterpriseId);
    if (!enterprise) throw new AppError("law.enterprise_not_found");
    requireScope(scope, enterprise.region_code);
    const { regime } = request.body;
    await setRegime(ctx, enterprise, regime, person.personId);
    return { regime };
  });
}
