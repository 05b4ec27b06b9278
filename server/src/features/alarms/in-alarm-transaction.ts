import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";

/**
 * Runs what writes alarms in a transaction and wakes who shows them as soon as it is committed; within the caller's
 * transaction the caller does.
 */
export async function inAlarmTransaction<Result>(
  { db, alarmNews }: Pick<AppContext, "db" | "alarmNews">,
  work: (tx: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return await work(db);
  const result = await db.transaction().execute(work);
  alarmNews.announce();
  return result;
}
