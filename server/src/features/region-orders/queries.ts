import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { RegionOrdersTable } from "../../db/tables/region-orders.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";
import { heldByRectification } from "../machines/machines.ts";

type Db = Kysely<Tables>;

export interface RegionOrderFilter {
  regionOrderId?: string;
  status?: RegionOrdersTable["status"] | undefined;
  kind?: RegionOrdersTable["kind"] | undefined;
  /** Absent: whoever asks is looked at afterwards. */
  scope?: ReachedRows;
}

/** Of regions within reach, and of those around them: an order of the county holds in its townships too. */
function ordersMatching(db: Db, { regionOrderId, status, kind, scope }: RegionOrderFilter) {
  return db
    .selectFrom("region_orders as o")
    .innerJoin("regions as r", "r.region_code", "o.region_code")
    .innerJoin("persons as asker", "asker.person_id", "o.asked_by")
    .leftJoin("enterprises as e", "e.enterprise_id", "o.enterprise_id")
    .leftJoin("persons as answerer", "answerer.person_id", "o.answered_by")
    .leftJoin("persons as lift_asker", "lift_asker.person_id", "o.lift_asked_by")
    .leftJoin("persons as lifter", "lifter.person_id", "o.lifted_by")
    .$if(scope !== undefined, (query) =>
      query.where(sql<boolean>`(${withinRegions(scope!, "o.region_code")} or exists (
        select from unnest(${[...(scope?.regions ?? [])]}::text[]) own where own like o.region_code || '%'))`),
    )
    .$if(regionOrderId !== undefined, (query) => query.where("o.region_order_id", "=", regionOrderId!))
    .$if(status !== undefined, (query) => query.where("o.status", "=", status!))
    .$if(kind !== undefined, (query) => query.where("o.kind", "=", kind!));
}

/** The latest first. */
export async function selectRegionOrders(db: Db, filter: RegionOrderFilter, limit: number, offset: number) {
  return await ordersMatching(db, filter)
    .selectAll("o")
    .select(["r.name as region_name", "e.name as enterprise_name", "asker.name_ciphertext as asker_name"])
    .select(["answerer.name_ciphertext as answerer_name", "lift_asker.name_ciphertext as lift_asker_name"])
    .select("lifter.name_ciphertext as lifter_name")
    .orderBy("o.asked_at", "desc")
    .orderBy("o.region_order_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type RegionOrderRow = Awaited<ReturnType<typeof selectRegionOrders>>[number];

export async function countRegionOrders(db: Db, filter: RegionOrderFilter): Promise<number> {
  const row = await ordersMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertRegionOrder(tx: Db, row: Insertable<RegionOrdersTable>): Promise<void> {
  await tx.insertInto("region_orders").values(row).execute();
}

/** False when the order is not, or not any more, as the change needs it. */
export async function changeRegionOrder(
  tx: Db,
  regionOrderId: string,
  from: {
    status: RegionOrdersTable["status"];
    isLiftAsked?: boolean;
    notLaterThan?: { column: "confirm_by" | "lift_confirm_by"; at: Date };
  },
  change: Updateable<RegionOrdersTable>,
): Promise<boolean> {
  const { status, isLiftAsked, notLaterThan } = from;
  const result = await tx
    .updateTable("region_orders")
    .set(change)
    .where("region_order_id", "=", regionOrderId)
    .where("status", "=", status)
    .$if(isLiftAsked !== undefined, (query) =>
      query.where("lift_asked_by", isLiftAsked ? "is not" : "is", null),
    )
    .$if(notLaterThan !== undefined, (query) => query.where(notLaterThan!.column, ">", notLaterThan!.at))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Our own aliases; whose machines an order reaches. */
function reached(alias: "m", region: RegionCode, enterpriseId: EnterpriseId | null) {
  const firm =
    enterpriseId === null ? sql`true` : sql`${sql.ref(`${alias}.enterprise_id`)} = ${enterpriseId}`;
  return sql`${sql.ref(`${alias}.region_code`)} like ${`${region}%`} and ${firm} and ${sql.ref(`${alias}.status`)} <> 'scrapped'`;
}

export async function countReach(db: Db, region: RegionCode, enterpriseId: EnterpriseId | null) {
  const { rows } = await sql<{ machines: number; working: number }>`
    select count(*) as machines, count(s.work_session_id) as working
    from machines m
    left join work_sessions s on s.machine_id = m.machine_id and s.status in ('granted', 'energised')
    where ${reached("m", region, enterpriseId)}`.execute(db);
  return rows[0]!;
}

type Reach = Pick<RegionOrdersTable, "region_order_id" | "region_code" | "enterprise_id" | "reason">;

/** Locks what the order has not reached yet; a machine that somebody locked alone stays locked by that. */
export async function lockReached(tx: Db, order: Reach): Promise<void> {
  await sql`
    with reached as (
      insert into region_order_machines (region_order_id, machine_id)
      select ${order.region_order_id}::uuid, m.machine_id from machines m
      where ${reached("m", order.region_code, order.enterprise_id)}
        and not exists (select from region_order_machines om
                        where om.region_order_id = ${order.region_order_id} and om.machine_id = m.machine_id)
      returning machine_id)
    update machines set is_locked = true, lock_reason = ${order.reason}, lock_order_id = ${order.region_order_id}
    where machine_id in (select machine_id from reached) and not is_locked`.execute(tx);
}

/** Asks every session that goes on there to end. */
export async function stopReached(tx: Db, order: Reach, at: Date): Promise<void> {
  await sql`
    with stopped as (
      update work_sessions s set stop_requested_at = coalesce(s.stop_requested_at, ${at})
      from machines m
      where m.machine_id = s.machine_id and s.status in ('granted', 'energised')
        and ${reached("m", order.region_code, order.enterprise_id)}
      returning s.machine_id, s.work_session_id)
    insert into region_order_machines (region_order_id, machine_id, work_session_id)
    select ${order.region_order_id}::uuid, machine_id, work_session_id from stopped`.execute(tx);
}

/** Machines that only this order locks are unlocked; where another order of either sort holds too, it stays locked by that. */
export async function unlockReached(tx: Db, regionOrderId: string): Promise<void> {
  await sql`
    update machines m
    set is_locked = o.region_order_id is not null or rectified.reason is not null,
        lock_reason = coalesce(o.reason, rectified.reason), lock_order_id = o.region_order_id
    from region_order_machines om
    left join lateral (
      select other.region_order_id, other.reason from region_orders other
      join region_order_machines held on held.region_order_id = other.region_order_id
      where held.machine_id = om.machine_id and other.kind = 'lock' and other.status = 'in-force'
        and other.region_order_id <> om.region_order_id
      order by other.answered_at limit 1) o on true
    left join lateral ${heldByRectification("om.machine_id")} rectified on true
    where om.region_order_id = ${regionOrderId} and m.machine_id = om.machine_id and m.lock_order_id = ${regionOrderId}`.execute(
    tx,
  );
  await tx
    .updateTable("region_order_machines")
    .set({ told_at: null })
    .where("region_order_id", "=", regionOrderId)
    .execute();
}
