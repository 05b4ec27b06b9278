import { alarmRoutes } from "@hanyouxu/api";
import { alarmKinds } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requirePerson, requireSight } from "../sign-in/sign-in.ts";
import { registerAlarmActs } from "./act-routes.ts";
import { countsOf } from "./alarm-counts.ts";
import { alarmFilterOf } from "./alarm-filter.ts";
import { playBack } from "./alarm-playback.ts";
import { alarmKindOf } from "./alarm-view.ts";
import { alarmAssignees } from "./assignees.ts";
import { listAlarms } from "./list-alarms.ts";
import { countAlarms, countOpenAlarms } from "./list-queries.ts";
import { registerOwnAlarms } from "./own-routes.ts";
import { ALARM_ROLES, requireHandledAlarm, requireReadAlarm, requireVisibleAlarm } from "./policy.ts";
import { showAlarm } from "./show-alarm.ts";
import { registerAlarmSuppressions } from "./suppression-routes.ts";

export function registerAlarms(server: FastifyInstance, ctx: AppContext): void {
  handle(server, alarmRoutes.listAlarmKinds, async (request) => {
    requirePerson(request);
    return { kinds: alarmKinds.map(alarmKindOf) };
  });

  handle(server, alarmRoutes.listAlarms, async (request) => {
    const { person, scope } = requireSight(request, "alarms");
    const { page, pageSize, ...query } = request.query;
    const filter = alarmFilterOf(query, person, scope, ctx.clock.nowMs());
    const items = await listAlarms(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items, total: await countAlarms(ctx.db, filter), page, pageSize };
  });

  handle(server, alarmRoutes.countAlarms, async (request) => {
    const { scope } = requireSight(request, "alarms", "counts");
    return countsOf(await countOpenAlarms(ctx.db, { ...request.query, scope }, new Date(ctx.clock.nowMs())));
  });

  handle(server, alarmRoutes.getAlarm, async (request) => {
    const { person, row } = await requireVisibleAlarm(ctx, request, request.params.alarmId);
    return await showAlarm(ctx, person, row);
  });

  handle(server, alarmRoutes.playBackAlarm, async (request) => {
    const { person, row } = await requireReadAlarm(ctx, request, request.params.alarmId);
    const playback = await playBack(ctx, row, request.query);
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "alarm.played-back",
      subject: `alarm:${row.alarm_id}`,
      details: { ...request.query, samples: playback.measured },
    });
    return playback;
  });

  handle(server, alarmRoutes.listAlarmAssignees, async (request) => {
    const { row } = await requireHandledAlarm(ctx, request, request.params.alarmId, ALARM_ROLES);
    return await alarmAssignees(ctx, row);
  });

  registerAlarmActs(server, ctx);
  registerOwnAlarms(server, ctx);
  registerAlarmSuppressions(server, ctx);
}
