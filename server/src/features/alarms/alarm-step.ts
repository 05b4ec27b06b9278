import { type AlarmStepped, isAlarmOver } from "@hanyouxu/rules";
import type { Selectable } from "kysely";
import type { AlarmActDetails, AlarmActsTable } from "../../db/tables/alarms.ts";
import type { AlarmActor } from "./alarm-fact.ts";
import type { StoredAlarm } from "./alarm-queries.ts";

export type AlarmActRow = Selectable<AlarmActsTable>;

/** What is written into the history beside what time brought about; undefined: nothing. */
export interface AlarmNote {
  what: string;
  actor?: AlarmActor;
  details?: AlarmActDetails;
}

/** What a step makes of an alarm's row, and its lines of history. */
export function steppedAlarm(
  before: StoredAlarm,
  { state, news }: AlarmStepped,
  note: AlarmNote | undefined,
  now: Date,
  also: Partial<StoredAlarm> = {},
): { row: StoredAlarm; acts: AlarmActRow[] } {
  const acts: Omit<AlarmActRow, "alarm_id" | "seq">[] = news.flatMap((one) =>
    one.kind === "escalated"
      ? [
          {
            at: new Date(one.atMs),
            what: "escalated",
            actor_id: null,
            actor_role: null,
            details: {},
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
      details: note.details ?? {},
      condition: state.condition,
      handling: state.handling,
      level: state.level,
    });
  }
  const row: StoredAlarm = {
    ...before,
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
    ...also,
    state,
  };
  return {
    row,
    acts: acts.map((act, index) => ({
      ...act,
      alarm_id: before.alarm_id,
      seq: before.act_count + index + 1,
    })),
  };
}
