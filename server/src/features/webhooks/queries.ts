import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { WebhookDeliveriesTable, WebhookSubscriptionsTable } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

function subscriptionsMatching(db: Db, scope?: ReachedRows, subscriptionId?: string) {
  return db
    .selectFrom("webhook_subscriptions as s")
    .innerJoin("api_clients as c", "c.client_id", "s.client_id")
    .$if(scope !== undefined, (query) => query.where(withinScope(scope!, "c.region_code")))
    .$if(subscriptionId !== undefined, (query) => query.where("s.subscription_id", "=", subscriptionId!));
}

export async function countSubscriptions(db: Db, scope: ReachedRows): Promise<number> {
  const row = await subscriptionsMatching(db, scope)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

const deliveriesOf = (status: "pending" | "dead") =>
  sql<number>`(select count(*) from webhook_deliveries d
    where d.subscription_id = s.subscription_id and d.status = ${sql.lit(status)})`;

export async function selectSubscriptions(db: Db, scope: ReachedRows, limit: number, offset: number) {
  return await subscriptionsMatching(db, scope)
    .selectAll("s")
    .select(["c.name as client_name", deliveriesOf("pending").as("pending"), deliveriesOf("dead").as("dead")])
    .orderBy("s.created_at", "desc")
    .orderBy("s.subscription_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function findSubscription(db: Db, subscriptionId: string) {
  return await subscriptionsMatching(db, undefined, subscriptionId)
    .select(["s.subscription_id", "c.region_code"])
    .executeTakeFirst();
}

export async function insertSubscription(db: Db, row: Insertable<WebhookSubscriptionsTable>): Promise<void> {
  await db.insertInto("webhook_subscriptions").values(row).execute();
}

export async function setSubscriptionActive(
  db: Db,
  subscriptionId: string,
  isActive: boolean,
): Promise<void> {
  await db
    .updateTable("webhook_subscriptions")
    .set({ is_active: isActive })
    .where("subscription_id", "=", subscriptionId)
    .execute();
}

export interface DeliveryFilter {
  scope?: ReachedRows;
  deliveryId?: string;
  subscriptionId?: string | undefined;
  status?: string | undefined;
}

function deliveriesMatching(db: Db, filter: DeliveryFilter) {
  return db
    .selectFrom("webhook_deliveries as d")
    .innerJoin("webhook_subscriptions as s", "s.subscription_id", "d.subscription_id")
    .innerJoin("api_clients as c", "c.client_id", "s.client_id")
    .$if(filter.scope !== undefined, (query) => query.where(withinScope(filter.scope!, "c.region_code")))
    .$if(filter.deliveryId !== undefined, (query) => query.where("d.delivery_id", "=", filter.deliveryId!))
    .$if(filter.subscriptionId !== undefined, (query) =>
      query.where("d.subscription_id", "=", filter.subscriptionId!),
    )
    .$if(filter.status !== undefined, (query) => query.where(sql<boolean>`d.status = ${filter.status}`));
}

export async function countDeliveries(db: Db, filter: DeliveryFilter): Promise<number> {
  const row = await deliveriesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectDeliveries(db: Db, filter: DeliveryFilter, limit = 1, offset = 0) {
  return await deliveriesMatching(db, filter)
    .selectAll("d")
    .select(["s.url", "c.region_code"])
    .orderBy("d.occurred_at", "desc")
    .orderBy("d.delivery_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

/**
 * Takes due deliveries for this server until `leasedUntil`: another takes them only if this one has died by then. Their
 * attempt is counted before it is made.
 */
export async function claimDue(db: Db, now: Date, leasedUntil: Date, limit: number) {
  const { rows } = await sql<{
    delivery_id: string;
    event_kind: string;
    event: { resource: string; id: string };
    occurred_at: Date;
    attempts: number;
    url: string;
  }>`
    with due as (
      select d.delivery_id from webhook_deliveries d
      join webhook_subscriptions s using (subscription_id) join api_clients c using (client_id)
      where d.status = 'pending' and s.is_active and c.is_active
        and (d.next_attempt_at is null or d.next_attempt_at <= ${now}::timestamptz)
      order by d.next_attempt_at nulls first limit ${limit}
      for update of d skip locked
    )
    update webhook_deliveries d
    set attempts = d.attempts + 1, next_attempt_at = ${leasedUntil}::timestamptz,
        last_attempt_at = ${now}::timestamptz
    from due, webhook_subscriptions s
    where d.delivery_id = due.delivery_id and s.subscription_id = d.subscription_id
    returning d.delivery_id, d.event_kind, d.event, d.occurred_at, d.attempts, s.url`.execute(db);
  return rows;
}

export async function changeDelivery(
  db: Db,
  deliveryId: string,
  change: Updateable<WebhookDeliveriesTable>,
): Promise<void> {
  await db.updateTable("webhook_deliveries").set(change).where("delivery_id", "=", deliveryId).execute();
}
