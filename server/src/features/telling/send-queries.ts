import type { Language, MessageChannel, MessageSeverity } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql, type Updateable } from "kysely";
import type { MessageDeliveriesTable, MessageWords } from "../../db/tables/telling.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export interface ClaimedDelivery {
  delivery_id: string;
  channel: MessageChannel;
  attempts: number;
  /** A try before this one was begun, and nobody knows how it ended. */
  was_lost: boolean;
  message_id: string;
  person_id: PersonId;
  severity: MessageSeverity;
  subject_kind: string;
  subject_id: string;
  template: string;
  words: MessageWords;
  is_needed: boolean;
  language: Language | null;
  phone_ciphertext: Uint8Array | null;
  email_ciphertext: Uint8Array | null;
}

/**
 * Takes deliveries that are due for this server until `leasedUntil`: another takes them only if this one has died by
 * then. A try is counted before it is made.
 */
export async function claimDeliveries(
  db: Db,
  now: Date,
  leasedUntil: Date,
  limit: number,
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with due as (
      select d.delivery_id, d.is_trying as was_lost
      from message_deliveries d join messages m using (message_id)
      where d.next_attempt_at <= ${now}
      order by m.severity = 'danger' desc, d.next_attempt_at
      limit ${limit}
      for update of d skip locked
    ), claimed as (
      update message_deliveries d
      set attempts = d.attempts + 1, next_attempt_at = ${leasedUntil}, is_trying = true
      from due where d.delivery_id = due.delivery_id
      returning d.delivery_id, d.channel, d.attempts, d.message_id, due.was_lost
    )
    select c.*, m.person_id, m.severity, m.subject_kind, m.subject_id, m.template, m.words, t.language,
           m.acknowledged_at is null and p.is_active as is_needed, p.phone_ciphertext,
           case when e.confirmed_at is not null then e.email_ciphertext end as email_ciphertext
    from claimed c
    join messages m using (message_id)
    join persons p using (person_id)
    left join telling_preferences t using (person_id)
    left join email_addresses e using (person_id)`.execute(db);
  return rows;
}

/** How a try ended; nothing where another server has taken it over, after the lease. */
export async function endTry(
  db: Db,
  { delivery_id, attempts }: Pick<ClaimedDelivery, "delivery_id" | "attempts">,
  change: Updateable<MessageDeliveriesTable>,
): Promise<void> {
  await db
    .updateTable("message_deliveries")
    .set({ ...change, is_trying: false })
    .where("delivery_id", "=", delivery_id)
    .where("attempts", "=", attempts)
    .where("is_trying", "=", true)
    .execute();
}

export async function selectPushSubscriptions(db: Db, personId: PersonId) {
  return await db
    .selectFrom("push_subscriptions")
    .select(["push_subscription_id", "subscription_ciphertext"])
    .where("person_id", "=", personId)
    .execute();
}

export async function deletePushSubscriptions(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    delete from push_subscriptions where push_subscription_id = any(${[...ids]}::uuid[])`.execute(db);
}
