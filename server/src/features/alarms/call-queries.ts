import type { Insertable, Kysely } from "kysely";
import type { AlarmCallsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Alarms whose last call was not answered in time, the longest first. */
export async function selectDueCalls(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("alarm_calls")
    .select("alarm_id")
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .orderBy("alarm_id")
    .limit(limit)
    .execute();
  return rows.map(({ alarm_id }) => alarm_id);
}

/** All calls of an alarm in their order; the caller has locked it. */
export async function selectCalls(tx: Db, alarmId: string) {
  return await tx
    .selectFrom("alarm_calls")
    .selectAll()
    .where("alarm_id", "=", alarmId)
    .orderBy("step")
    .execute();
}

/** Nobody waits for an answer any more. */
export async function settleCalls(tx: Db, alarmId: string): Promise<void> {
  await tx
    .updateTable("alarm_calls")
    .set({ next_at: null })
    .where("alarm_id", "=", alarmId)
    .where("next_at", "is not", null)
    .execute();
}

export async function insertCall(tx: Db, call: Insertable<AlarmCallsTable>): Promise<void> {
  await tx.insertInto("alarm_calls").values(call).execute();
}
