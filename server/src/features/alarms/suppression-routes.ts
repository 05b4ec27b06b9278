import { alarmSuppressionRoutes } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireSight, type Scope } from "../sign-in/sign-in.ts";
import { SUPPRESSION_ROLES } from "./policy.ts";
import { countSuppressions, selectSuppressions } from "./suppression-queries.ts";
import { declareSuppression, moveEnd, requireSuppression, suppressionOf } from "./suppressions.ts";

export function registerAlarmSuppressions(server: FastifyInstance, ctx: AppContext): void {
  const reach = (request: Pick<FastifyRequest, "person">) => {
    const { person, scope } = requireSight(request, "alarms", "rows", SUPPRESSION_ROLES);
    return { personId: person.personId, scope: { ...scope, enterprises: [] } satisfies Scope };
  };
  const shown = async (suppressionId: string, scope: Scope) =>
    suppressionOf(await requireSuppression(ctx, suppressionId, scope));

  handle(server, alarmSuppressionRoutes.listAlarmSuppressions, async (request) => {
    const { scope } = requireSight(request, "alarms");
    const { page, pageSize, status } = request.query;
    const filter = { scope, status, now: new Date(ctx.clock.nowMs()) };
    const rows = await selectSuppressions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const total = await countSuppressions(ctx.db, filter);
    return { items: rows.map(suppressionOf), total, page, pageSize };
  });

  handle(server, alarmSuppressionRoutes.createAlarmSuppression, async (request) => {
    const by = reach(request);
    const { region, enterpriseId, machineId, ...rest } = request.body;
    const wish = {
      ...rest,
      region: region as RegionCode | null,
      enterpriseId: enterpriseId as EnterpriseId | null,
      machineId: machineId as MachineId | null,
    };
    return await shown(await declareSuppression(ctx, wish, by), by.scope);
  });

  handle(server, alarmSuppressionRoutes.changeAlarmSuppression, async (request) => {
    const { personId, scope } = reach(request);
    const row = await requireSuppression(ctx, request.params.suppressionId, scope);
    await moveEnd(ctx, row, request.body.to, request.body.reason, personId);
    return await shown(row.suppression_id, scope);
  });

  handle(server, alarmSuppressionRoutes.endAlarmSuppression, async (request) => {
    const { personId, scope } = reach(request);
    const row = await requireSuppression(ctx, request.params.suppressionId, scope);
    await moveEnd(ctx, row, "now", request.body.reason, personId);
    return await shown(row.suppression_id, scope);
  });
}
