import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, type Selectable, sql } from "kysely";
import { insertOf } from "../../db/bulk.ts";
import type { NotificationsTable } from "../../db/tables/welders.ts";
import type { Tables } from "../../db/tables.ts";

export async function insertNotifications(
  db: Kysely<Tables>,
  rows: readonly Omit<Selectable<NotificationsTable>, "read_at">[],
): Promise<void> {
  await sql`${insertOf("notifications", rows)} on conflict (dedup_key) do nothing`.execute(db);
}

export async function selectNotifications(db: Kysely<Tables>, personId: PersonId, limit: number) {
  return await db
    .selectFrom("notifications")
    .select(["notification_id", "kind", "data", "created_at", "read_at"])
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .orderBy("notification_id", "desc")
    .limit(limit)
    .execute();
}

export async function countUnread(db: Kysely<Tables>, personId: PersonId): Promise<number> {
  const row = await db
    .selectFrom("notifications")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("person_id", "=", personId)
    .where("read_at", "is", null)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Those of the person among `notificationIds` that were not read before. */
export async function markRead(
  db: Kysely<Tables>,
  personId: PersonId,
  notificationIds: readonly string[],
  now: Date,
): Promise<void> {
  if (notificationIds.length === 0) return;
  await db
    .updateTable("notifications")
    .set({ read_at: now })
    .where("person_id", "=", personId)
    .where("notification_id", "in", [...notificationIds])
    .where("read_at", "is", null)
    .execute();
}
