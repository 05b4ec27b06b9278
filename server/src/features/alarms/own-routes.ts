import { alarmRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { sayOnAlarm } from "./act-on-alarm.ts";
import { alarmSummaryOf } from "./alarm-view.ts";
import { countAlarms, selectAlarms } from "./list-queries.ts";
import { ownFirms, requireOwnAlarm, requireOwnAlarms } from "./policy.ts";
import { showAlarm, showAlarmAgain } from "./show-alarm.ts";

/** Alarms for whom they are about: the welder, the firm and the site owner. */
export function registerOwnAlarms(server: FastifyInstance, ctx: AppContext): void {
  handle(server, alarmRoutes.listOwnAlarms, async (request) => {
    const person = requireOwnAlarms(request);
    const { page, pageSize, isOpen } = request.query;
    const own = { personId: person.personId, enterprises: ownFirms(person) };
    const filter = { own, isOpen, withRecorded: false };
    const rows = await selectAlarms(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items: rows.map(alarmSummaryOf), total: await countAlarms(ctx.db, filter), page, pageSize };
  });

  handle(server, alarmRoutes.getOwnAlarm, async (request) => {
    const { person, row } = await requireOwnAlarm(ctx, request, request.params.alarmId);
    return await showAlarm(ctx, person, row);
  });

  handle(server, alarmRoutes.answerAlarm, async (request) => {
    const { alarmId } = request.params;
    const { person, actor } = await requireOwnAlarm(ctx, request, alarmId);
    const { note: text, evidenceIds } = request.body;
    await sayOnAlarm(ctx, alarmId, "answer", actor, { text, evidenceIds });
    return await showAlarmAgain(ctx, person, alarmId);
  });
}
