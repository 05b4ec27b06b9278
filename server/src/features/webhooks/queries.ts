import type { WebhookAlarm } from "@hanyouxu/api";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { WebhookDeliveriesTable, WebhookSubscriptionsTable } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { reachedClients, type SharingReach } from "../sharing/sharing.ts";

type Db = Kysely<Tables>;

function subscriptionsMatching(db: Db, reach?: SharingReach, subscriptionId?: string) {
  return db
    .selectFrom("webhook_subscriptions as s")
    .innerJoin("api_clients as c", "c.client_id", "s.client_id")
    .$if(reach !== undefined, (query) => query.where(reachedClients(reach!)))
    .$if(subscriptionId !== undefined, (query) => query.where("s.subscription_id", "=", subscriptionId!));
}

export async function countSubscriptions(db: Db, reach: SharingReach): Promise<number> {
  const row = await subscriptionsMatching(db, reach)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

const deliveriesOf = (status: "pending" | "dead") =>
  sql<number>`(select count(*) from webhook_deliveries d
    where d.subscription_id = s.subscription_id and d.status = ${sql.lit(status)})`;

export async function selectSubscriptions(db: Db, reach: SharingReach, limit: number, offset: number) {
  return await subscriptionsMatching(db, reach)
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
    .select(["s.subscription_id", "c.region_code", "c.department_key"])
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
  reach?: SharingReach;
  deliveryId?: string;
  subscriptionId?: string | undefined;
  status?: string | undefined;
}

function deliveriesMatching(db: Db, filter: DeliveryFilter) {
  return db
    .selectFrom("webhook_deliveries as d")
    .innerJoin("webhook_subscriptions as s", "s.subscription_id", "d.subscription_id")
    .innerJoin("api_clients as c", "c.client_id", "s.client_id")
    .$if(filter.reach !== undefined, (query) => query.where(reachedClients(filter.reach!)))
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
    .select(["s.url", "c.region_code", "c.department_key"])
    .orderBy("d.occurred_at", "desc")
    .orderBy("d.delivery_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

/**
 * Takes the first pending delivery of each subscription, where it is due, for this server until `leasedUntil`: another
 * takes it only if this one has died by then. Its attempt is counted before it is made. What comes after it in its
 * subscription waits, so that a receiver hears of things in their order.
 */
export async function claimHeads(db: Db, now: Date, leasedUntil: Date) {
  const { rows } = await sql<{
    delivery_id: string;
    sequence: number;
    event_kind: string;
    event: { resource: string; id: string; alarm?: WebhookAlarm };
    occurred_at: Date;
    attempts: number;
    url: string;
  }>`
    with awake as (
      select s.subscription_id, s.url from webhook_subscriptions s
      where s.is_active
        and exists (select from api_clients c where c.client_id = s.client_id and c.is_active)
        and exists (select from webhook_deliveries d
                    where d.subscription_id = s.subscription_id and d.status = 'pending')
      for update of s skip locked
    ), head as (
      select awake.url, first.delivery_id
      from awake cross join lateral (
        select d.delivery_id, d.next_attempt_at from webhook_deliveries d
        where d.subscription_id = awake.subscription_id and d.status = 'pending'
        order by d.sequence limit 1
      ) first
      where first.next_attempt_at is null or first.next_attempt_at <= ${now}::timestamptz
    )
    update webhook_deliveries d
    set attempts = d.attempts + 1, next_attempt_at = ${leasedUntil}::timestamptz,
        last_attempt_at = ${now}::timestamptz
    from head
    where d.delivery_id = head.delivery_id
    returning d.delivery_id, d.sequence, d.event_kind, d.event, d.occurred_at, d.attempts, head.url`.execute(
    db,
  );
  return rows;
}

export async function changeDelivery(
  db: Db,
  deliveryId: string,
  change: Updateable<WebhookDeliveriesTable>,
): Promise<void> {
  await db.updateTable("webhook_deliveries").set(change).where("delivery_id", "=", deliveryId).execute();
}

/** What is done with and happened before a time; what waits for its receiver stays. */
export async function deleteDeliveries(db: Db, before: Date): Promise<number> {
  const result = await db
    .deleteFrom("webhook_deliveries")
    .where("status", "in", ["delivered", "dead"])
    .where("occurred_at", "<", before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
