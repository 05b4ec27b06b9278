import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, type Selectable, sql } from "kysely";
import { insertOf, writeAhead } from "../../db/bulk.ts";
import type { MessagesTable } from "../../db/tables/telling.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export type NewMessage = Omit<
  Selectable<MessagesTable>,
  "planned_at" | "channel_count" | "gathered_in" | "opened_at" | "acknowledged_at"
>;

/** What was told under the same key before stays as it is. */
export async function insertMessages(tx: Db, rows: readonly NewMessage[]): Promise<void> {
  if (rows.length === 0) return;
  await writeAhead(tx, sql`${insertOf("messages", rows)} on conflict (person_id, once_key) do nothing`);
}

export interface OwnFilter {
  personId: PersonId;
  messageId?: string;
  /** Only those not acknowledged. */
  isOpen?: boolean;
}

/** A digest is for outside: in the app stand the messages themselves. */
function ownMessages(db: Db, { personId, messageId, isOpen }: OwnFilter) {
  return db
    .selectFrom("messages as m")
    .where("m.person_id", "=", personId)
    .where("m.topic", "!=", "digest")
    .$if(messageId !== undefined, (query) => query.where("m.message_id", "=", messageId!))
    .$if(isOpen === true, (query) => query.where("m.acknowledged_at", "is", null));
}

export async function selectOwnMessages(db: Db, filter: OwnFilter, limit: number, offset: number) {
  return await ownMessages(db, filter)
    .selectAll("m")
    .orderBy("m.created_at", "desc")
    .orderBy("m.message_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type MessageRow = Awaited<ReturnType<typeof selectOwnMessages>>[number];

export async function countOwnMessages(db: Db, filter: OwnFilter) {
  return await ownMessages(db, filter)
    .select((on) => [
      on.fn.countAll<number>().as("total"),
      sql<number>`count(*) filter (where m.opened_at is null)`.as("unopened"),
      sql<number>`count(*) filter (where m.severity = 'danger' and m.acknowledged_at is null)`.as("dangers"),
    ])
    .executeTakeFirstOrThrow();
}

export async function markOpened(
  db: Db,
  personId: PersonId,
  messageIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    update messages set opened_at = ${now}
    where person_id = ${personId} and message_id = any(${[...messageIds]}::uuid[]) and opened_at is null`.execute(
    db,
  );
}

/** The newest message of each of some people who has one since an instant; ids grow with time. */
export async function selectNewestOf(
  db: Db,
  personIds: readonly PersonId[],
  since: Date,
): Promise<ReadonlyMap<PersonId, string>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{ person_id: PersonId; newest: string }>`
    select person_id, max(message_id::text) as newest from messages
    where person_id = any(${[...personIds]}::uuid[]) and created_at >= ${since} and topic <> 'digest'
    group by person_id`.execute(db);
  return new Map(rows.map(({ person_id, newest }) => [person_id, newest]));
}

/** False when the person has no such message; acknowledging again changes nothing. */
export async function markAcknowledged(
  db: Db,
  personId: PersonId,
  messageId: string,
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable("messages")
    .set({
      acknowledged_at: sql<Date>`coalesce(acknowledged_at, ${now})`,
      opened_at: sql<Date>`coalesce(opened_at, ${now})`,
    })
    .where("person_id", "=", personId)
    .where("message_id", "=", messageId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
