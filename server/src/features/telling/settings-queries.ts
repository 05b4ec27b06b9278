import type { PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { PushSubscriptionsTable, TellingPreferencesTable } from "../../db/tables/telling.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function selectSettings(db: Db, personId: PersonId) {
  return await db
    .selectFrom("persons as p")
    .leftJoin("telling_preferences as t", "t.person_id", "p.person_id")
    .leftJoin("email_addresses as e", "e.person_id", "p.person_id")
    .select(["t.channels", "t.quiet_from", "t.quiet_until", "t.language"])
    .select(["e.email_ciphertext", "e.confirmed_at"])
    .select(sql<boolean>`p.phone_ciphertext is not null`.as("has_phone"))
    .where("p.person_id", "=", personId)
    .executeTakeFirstOrThrow();
}

export async function putPreferences(db: Db, row: Insertable<TellingPreferencesTable>): Promise<void> {
  const { person_id: _key, ...change } = row;
  await db
    .insertInto("telling_preferences")
    .values(row)
    .onConflict((conflict) => conflict.column("person_id").doUpdateSet(change))
    .execute();
}

export async function selectPushDevices(db: Db, personId: PersonId) {
  return await db
    .selectFrom("push_subscriptions")
    .select(["push_subscription_id", "device", "created_at"])
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .execute();
}

/** A browser belongs to whoever subscribed with it last; of many the oldest go. */
export async function putPushSubscription(
  tx: Db,
  row: Insertable<PushSubscriptionsTable>,
  most: number,
): Promise<void> {
  const { push_subscription_id: _id, endpoint_index: _key, ...change } = row;
  await tx
    .insertInto("push_subscriptions")
    .values(row)
    .onConflict((conflict) => conflict.column("endpoint_index").doUpdateSet(change))
    .execute();
  await sql`
    delete from push_subscriptions where person_id = ${row.person_id} and push_subscription_id not in (
      select push_subscription_id from push_subscriptions where person_id = ${row.person_id}
      order by created_at desc, push_subscription_id desc limit ${most})`.execute(tx);
}

export async function deletePushSubscription(db: Db, personId: PersonId, id: string): Promise<void> {
  await db
    .deleteFrom("push_subscriptions")
    .where("person_id", "=", personId)
    .where("push_subscription_id", "=", id)
    .execute();
}

export async function selectEmail(db: Db, personId: PersonId) {
  return await db
    .selectFrom("email_addresses")
    .selectAll()
    .where("person_id", "=", personId)
    .forUpdate()
    .executeTakeFirst();
}

export async function deleteEmail(db: Db, personId: PersonId): Promise<void> {
  await db.deleteFrom("email_addresses").where("person_id", "=", personId).execute();
}
