import { type AlarmDetail, ApiError, alarmRoutes } from "@hanyouxu/api";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { api, failureText } from "../../ui/api.ts";
import { queueOf } from "../capture/use-picture-queue.ts";
import { AlarmOutbox, type OutboxPorts, type PendingAct } from "./alarm-outbox.ts";
import { ALARMS_KEY, keyOfAlarm } from "./use-alarm.ts";

const outboxes = new Map<string, AlarmOutbox>();
const storedAt = (personId: string) => `hanyouxu.alarm-acts.${personId}`;

/** Refusals that another try does not mend; signed out, too many and broken servers pass. */
function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500) return undefined;
  return error.status === 401 || error.status === 408 || error.status === 429
    ? undefined
    : failureText(error);
}

const send: OutboxPorts["send"] = ({ alarmId, said }, evidenceIds): Promise<AlarmDetail> => {
  const params = { alarmId };
  const pictures = [...evidenceIds];
  switch (said.kind) {
    case "acknowledge":
      return api.call(alarmRoutes.acknowledgeAlarm, { params, body: {} });
    case "accept":
      return api.call(alarmRoutes.acceptAlarm, { params, body: {} });
    case "arrive":
      return api.call(alarmRoutes.arriveAtAlarm, { params, body: { position: said.position } });
    case "handle":
      return api.call(alarmRoutes.handleAlarm, {
        params,
        body: { result: said.result, measures: said.measures, evidenceIds: pictures },
      });
    case "dispatch":
      return api.call(alarmRoutes.dispatchAlarm, {
        params,
        body: { department: said.department, personId: said.personId, note: said.note },
      });
    case "note":
      return api.call(alarmRoutes.noteAlarm, { params, body: { note: said.note, evidenceIds: pictures } });
    case "answer":
      return api.call(alarmRoutes.answerAlarm, { params, body: { note: said.note, evidenceIds: pictures } });
  }
};

/** One outbox a person and page: what was said goes on being sent whatever screen is shown. */
function outboxOf(personId: string, client: QueryClient): AlarmOutbox {
  const known = outboxes.get(personId);
  if (known) return known;
  const queue = queueOf(personId);
  const outbox = new AlarmOutbox({
    load: () => JSON.parse(localStorage.getItem(storedAt(personId)) ?? "[]") as PendingAct[],
    save(acts) {
      if (acts.length === 0) localStorage.removeItem(storedAt(personId));
      else localStorage.setItem(storedAt(personId), JSON.stringify(acts));
    },
    send,
    read: ({ alarmId, said }) =>
      api.call(said.kind === "answer" ? alarmRoutes.getOwnAlarm : alarmRoutes.getAlarm, {
        params: { alarmId },
      }),
    refusalOf,
    picture(evidenceId) {
      const state = queue.pictures().find((one) => one.evidenceId === evidenceId)?.state;
      // What the phone no longer lists has been judged long ago.
      if (state === undefined || state === "accepted") return "accepted";
      return state === "refused" ? "refused" : "pending";
    },
    onTaken(act, alarm) {
      client.setQueryData(keyOfAlarm(act.alarmId, act.said.kind === "answer"), alarm);
      void client.invalidateQueries({ queryKey: [ALARMS_KEY] });
    },
    later(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  addEventListener("online", outbox.wake);
  queue.subscribe(outbox.wake);
  outboxes.set(personId, outbox);
  // What the phone kept from before: once its pictures are known.
  void queue.start().then(outbox.wake);
  return outbox;
}

/** What this person said about one alarm and the platform does not have yet, and the outbox that sends it. */
export function useAlarmOutbox(personId: string, alarmId?: string) {
  const client = useQueryClient();
  const outbox = useMemo(() => outboxOf(personId, client), [personId, client]);
  const all = useSyncExternalStore(outbox.subscribe, outbox.acts);
  const acts = useMemo(() => all.filter((act) => act.alarmId === alarmId), [all, alarmId]);
  return { outbox, acts, all };
}
