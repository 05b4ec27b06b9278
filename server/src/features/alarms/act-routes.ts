import { alarmRoutes } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { type AlarmAct, alarmActRoles } from "@hanyouxu/rules";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import type { AlarmActDetails } from "../../db/tables/alarms.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireSight } from "../sign-in/sign-in.ts";
import { actOnAlarm, linkAlarms, mergeAlarms, sayOnAlarm } from "./act-on-alarm.ts";
import { requireAssignee } from "./assignees.ts";
import { ALARM_ROLES, requireHandledAlarm, requireVisibleAlarm } from "./policy.ts";
import { showAlarmAgain } from "./show-alarm.ts";

interface AskedAbout {
  person: FastifyRequest["person"];
  params: { alarmId: string };
}

/** What is said with an act, where something is. */
const said = (note: string | undefined) => (note === undefined || note === "" ? {} : { text: note });

/** What the people of a region do about its alarms. */
export function registerAlarmActs(server: FastifyInstance, ctx: AppContext): void {
  const act = async (request: AskedAbout, what: AlarmAct, details: AlarmActDetails) => {
    const { alarmId } = request.params;
    const { person, actor } = await requireHandledAlarm(ctx, request, alarmId, alarmActRoles[what.kind]);
    await actOnAlarm(ctx, alarmId, what, actor, details);
    return await showAlarmAgain(ctx, person, alarmId);
  };

  handle(server, alarmRoutes.acknowledgeAlarm, async (request) =>
    act(request, { kind: "acknowledge" }, said(request.body.note)),
  );
  handle(server, alarmRoutes.acceptAlarm, async (request) =>
    act(request, { kind: "accept" }, said(request.body.note)),
  );
  handle(server, alarmRoutes.arriveAtAlarm, async (request) =>
    act(request, { kind: "arrive" }, { position: request.body.position, ...said(request.body.note) }),
  );
  handle(server, alarmRoutes.handleAlarm, async (request) => {
    const { result, measures, evidenceIds } = request.body;
    return await act(request, { kind: "handle" }, { text: `${result}\n${measures}`, evidenceIds });
  });
  handle(server, alarmRoutes.verifyAlarm, async (request) =>
    act(request, { kind: "verify" }, said(request.body.note)),
  );
  handle(server, alarmRoutes.closeAlarm, async (request) =>
    act(request, { kind: "close" }, said(request.body.note)),
  );
  handle(server, alarmRoutes.reopenAlarm, async (request) =>
    act(request, { kind: "reopen" }, { text: request.body.reason }),
  );
  handle(server, alarmRoutes.markFalseAlarm, async (request) =>
    act(request, { kind: "false-alarm" }, { text: request.body.reason }),
  );

  handle(server, alarmRoutes.dispatchAlarm, async (request) => {
    const { department, personId, note } = request.body;
    const { row } = await requireHandledAlarm(ctx, request, request.params.alarmId, alarmActRoles.dispatch);
    const assignee = { department, personId: personId as PersonId | null };
    await requireAssignee(ctx, row, assignee);
    return await act(request, { kind: "dispatch", assignee }, { ...assignee, ...said(note) });
  });

  handle(server, alarmRoutes.acknowledgeAlarms, async (request) => {
    requireSight(request, "alarms", "rows", alarmActRoles.acknowledge);
    const acknowledged: string[] = [];
    const refused: { alarmId: string; code: string }[] = [];
    // Each for itself: one that somebody else was quicker with does not undo the others.
    for (const alarmId of new Set(request.body.alarmIds)) {
      try {
        const { actor } = await requireHandledAlarm(ctx, request, alarmId, alarmActRoles.acknowledge);
        await actOnAlarm(ctx, alarmId, { kind: "acknowledge" }, actor);
        acknowledged.push(alarmId);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused.push({ alarmId, code: error.code });
      }
    }
    return { acknowledged, refused };
  });

  handle(server, alarmRoutes.noteAlarm, async (request) => {
    const { alarmId } = request.params;
    const { note: text, evidenceIds } = request.body;
    const { person, actor } = await requireHandledAlarm(ctx, request, alarmId, ALARM_ROLES);
    await sayOnAlarm(ctx, alarmId, "note", actor, { text, evidenceIds });
    return await showAlarmAgain(ctx, person, alarmId);
  });

  handle(server, alarmRoutes.linkAlarm, async (request) => {
    const { alarmId } = request.params;
    const { otherAlarmId, note } = request.body;
    const { person, actor } = await requireHandledAlarm(ctx, request, alarmId, ALARM_ROLES);
    await requireVisibleAlarm(ctx, request, otherAlarmId);
    await linkAlarms(ctx, alarmId, otherAlarmId, actor, note);
    return await showAlarmAgain(ctx, person, alarmId);
  });

  handle(server, alarmRoutes.mergeAlarm, async (request) => {
    const { alarmId } = request.params;
    const { intoAlarmId, note } = request.body;
    const { person, actor } = await requireHandledAlarm(ctx, request, alarmId, alarmActRoles.merge);
    // Both are handled by whoever merges them: nobody pushes an alarm out of his region.
    await requireHandledAlarm(ctx, request, intoAlarmId, alarmActRoles.merge);
    await mergeAlarms(ctx, alarmId, intoAlarmId, actor, note);
    return await showAlarmAgain(ctx, person, alarmId);
  });
}
