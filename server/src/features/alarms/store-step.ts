import type { AlarmStepped } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { insertActs, type StoredAlarm, updateAlarms } from "./alarm-queries.ts";
import { type AlarmNote, steppedAlarm } from "./alarm-step.ts";
import { tellAlarms } from "./tell-alarms.ts";

/** What raising needs within a transaction. */
export type RaiseContext = Pick<AppContext, "clock" | "newId" | "stationMap">;
export type AlarmContext = RaiseContext & Pick<AppContext, "db" | "alarmNews">;

/**
 * Writes what a step has made of an alarm, with its lines of history, and tells people the news, within the caller's
 * transaction that has locked it.
 * @returns the alarm as it is now
 */
export async function storeStep(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  before: StoredAlarm,
  stepped: AlarmStepped,
  note: AlarmNote | undefined,
  also: Partial<StoredAlarm> = {},
): Promise<StoredAlarm> {
  const { row, acts } = steppedAlarm(before, stepped, note, new Date(ctx.clock.nowMs()), also);
  await updateAlarms(tx, [row]);
  await insertActs(tx, acts);
  await tellAlarms(ctx, tx, [{ alarm: row, news: stepped.news }]);
  return row;
}
