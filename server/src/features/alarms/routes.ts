import { alarmRoutes } from "@hanyouxu/api";
import { alarmKinds } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requirePerson, requireSight } from "../sign-in/sign-in.ts";
import { registerAlarmActs } from "./act-routes.ts";
import { countsOf } from "./alarm-counts.ts";
import { alarmKindOf, alarmSummaryOf } from "./alarm-view.ts";
import { alarmAssignees } from "./assignees.ts";
import { countAlarms, countOpenAlarms, selectAlarms } from "./list-queries.ts";
import { registerOwnAlarms } from "./own-routes.ts";
import { ALARM_ROLES, requireHandledAlarm, requireVisibleAlarm } from "./policy.ts";
import { showAlarm } from "./show-alarm.ts";
import { registerAlarmSuppressions } from "./suppression-routes.ts";

export function registerAlarms(server: FastifyInstance, ctx: AppContext): void {
  handle(server, alarmRoutes.listAlarmKinds, async (request) => {
    requirePerson(request);
    return { kinds: alarmKinds.map(alarmKindOf) };
  });

  handle(server, alarmRoutes.listAlarms, async (request) => {
    const { person, scope } = requireSight(request, "alarms");
    const { page, pageSize, isOverdue, isMine, ...query } = request.query;
    const filter = {
      ...query,
      scope,
      ...(isOverdue ? { overdueAt: new Date(ctx.clock.nowMs()) } : {}),
      ...(isMine ? { assignedTo: person.personId } : {}),
    };
    const rows = await selectAlarms(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items: rows.map(alarmSummaryOf), total: await countAlarms(ctx.db, filter), page, pageSize };
  });

  handle(server, alarmRoutes.countAlarms, async (request) => {
    const { scope } = requireSight(request, "alarms", "counts");
    return countsOf(await countOpenAlarms(ctx.db, { ...request.query, scope }, new Date(ctx.clock.nowMs())));
  });

  handle(server, alarmRoutes.getAlarm, async (request) => {
    const { person, row } = await requireVisibleAlarm(ctx, request, request.params.alarmId);
    return await showAlarm(ctx, person, row);
  });

  handle(server, alarmRoutes.listAlarmAssignees, async (request) => {
    const { row } = await requireHandledAlarm(ctx, request, request.params.alarmId, ALARM_ROLES);
    return await alarmAssignees(ctx, row);
  });

  registerAlarmActs(server, ctx);
  registerOwnAlarms(server, ctx);
  registerAlarmSuppressions(server, ctx);
}
