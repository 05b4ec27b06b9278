import { type AlarmStepped, isAlarmOver } from "@hanyouxu/rules";
import type { Insertable, Kysely, Updateable } from "kysely";
import type { AppContext } from "../../context.ts";
import type { AlarmActDetails, AlarmActsTable, AlarmsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import type { AlarmActor } from "./alarm-fact.ts";
import { insertActs, type StoredAlarm, updateAlarm } from "./alarm-queries.ts";
import { tellAlarm } from "./tell-alarm.ts";

/** What raising needs within a transaction. */
export type RaiseContext = Pick<AppContext, "clock" | "newId">;
export type AlarmContext = RaiseContext & Pick<AppContext, "db">;

/** What is written into the history beside what time brought about; undefined: nothing. */
export interface AlarmNote {
  what: string;
  actor?: AlarmActor;
  details?: AlarmActDetails;
}

/**
 * Writes what a step has made of an alarm, with its lines of history, and tells people the news, within the caller's
 * transaction that has locked it.
 * @returns the alarm as it is now
 */
export async function storeStep(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  before: StoredAlarm,
  { state, news }: AlarmStepped,
  note: AlarmNote | undefined,
  also: Updateable<AlarmsTable> = {},
): Promise<StoredAlarm> {
  const now = new Date(ctx.clock.nowMs());
  const acts: Omit<Insertable<AlarmActsTable>, "alarm_id" | "seq">[] = news.flatMap((one) =>
    one.kind === "escalated"
      ? [
          {
            at: new Date(one.atMs),
            what: "escalated",
            actor_id: null,
            actor_role: null,
            details: "{}",
            condition: before.condition,
            handling: before.handling,
            level: one.level,
          },
        ]
      : [],
  );
  if (note) {
    acts.push({
      at: now,
      what: note.what,
      actor_id: note.actor?.personId ?? null,
      actor_role: note.actor?.role ?? null,
      details: JSON.stringify(note.details ?? {}),
      condition: state.condition,
      handling: state.handling,
      level: state.level,
    });
  }
  const columns = {
    condition: state.condition,
    handling: state.handling,
    level: state.level,
    due_at: state.dueAtMs === null ? null : new Date(state.dueAtMs),
    assigned_department: state.assignee?.department ?? null,
    assigned_person_id: state.assignee?.personId ?? null,
    raised_count: state.raisedCount,
    cleared_at: state.condition === "cleared" ? (before.cleared_at ?? now) : null,
    closed_at: isAlarmOver(state) ? (before.closed_at ?? now) : null,
    act_count: before.act_count + acts.length,
    changed_at: now,
  };
  await updateAlarm(tx, before.alarm_id, { ...columns, ...also, state: JSON.stringify(state) });
  await insertActs(
    tx,
    acts.map((act, index) => ({ ...act, alarm_id: before.alarm_id, seq: before.act_count + index + 1 })),
  );
  const after = { ...before, ...columns, state };
  await tellAlarm(ctx, tx, after, news);
  return after;
}
