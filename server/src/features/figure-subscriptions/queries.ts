import type { PersonId } from "@hanyouxu/protocol";
import type { Insertable, Kysely, Selectable } from "kysely";
import type { FigureSubscriptionsTable } from "../../db/tables/statistics.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;
export type SubscriptionRow = Selectable<FigureSubscriptionsTable>;

export async function selectSubscriptions(db: Db, personId: PersonId) {
  return await db
    .selectFrom("figure_subscriptions as s")
    .leftJoin("regions as r", "r.region_code", "s.region_code")
    .selectAll("s")
    .select("r.name as region_name")
    .where("s.person_id", "=", personId)
    .orderBy("s.created_at")
    .orderBy("s.figure_subscription_id")
    .execute();
}

export async function insertSubscription(db: Db, row: Insertable<FigureSubscriptionsTable>): Promise<void> {
  await db.insertInto("figure_subscriptions").values(row).execute();
}

/** False: the person has no such subscription. */
export async function deleteSubscription(db: Db, personId: PersonId, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("figure_subscriptions")
    .where("figure_subscription_id", "=", id)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function selectDueSubscriptions(db: Db, now: Date, limit: number): Promise<SubscriptionRow[]> {
  return await db
    .selectFrom("figure_subscriptions")
    .selectAll()
    .where("next_look_at", "<=", now)
    .orderBy("next_look_at")
    .orderBy("figure_subscription_id")
    .limit(limit)
    .execute();
}

type Looked = Pick<SubscriptionRow, "is_beyond" | "last_value" | "told_on" | "looked_at" | "next_look_at">;

/** Keeps what a look has found. False: another server has looked meanwhile, or it was ended. */
export async function keepLook(
  tx: Db,
  { figure_subscription_id, next_look_at }: SubscriptionRow,
  looked: Looked,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("figure_subscriptions")
    .set(looked)
    .where("figure_subscription_id", "=", figure_subscription_id)
    .where("next_look_at", "=", next_look_at)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
