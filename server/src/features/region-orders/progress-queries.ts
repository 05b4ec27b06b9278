import type { ChipId, MachineId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { RegionOrdersTable } from "../../db/tables/region-orders.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Of every machine an order has reached: has it done as told, and can it be told now? */
function reachedMachines(heardSince: Date) {
  return sql`
    select om.region_order_id, om.machine_id, om.told_at, m.name, m.chip_id, m.enterprise_id, m.region_code,
      case when om.work_session_id is not null then s.status not in ('granted', 'energised')
           else coalesce(t.is_locked, false) = m.is_locked end as has_obeyed,
      (m.chip_id is null or t.last_heard_at is null or t.is_gone or t.last_heard_at < ${heardSince}) as is_away
    from region_order_machines om
    join machines m on m.machine_id = om.machine_id
    left join twins t on t.chip_id = m.chip_id
    left join work_sessions s on s.work_session_id = om.work_session_id`;
}

export interface Progress {
  region_order_id: string;
  all_machines: number;
  obeyed: number;
  away: number;
}

export async function selectProgressOf(
  db: Db,
  regionOrderIds: readonly string[],
  heardSince: Date,
): Promise<Map<string, Progress>> {
  const { rows } = await sql<Progress>`
    select region_order_id, count(*) as all_machines, count(*) filter (where has_obeyed) as obeyed,
      count(*) filter (where not has_obeyed and is_away) as away
    from (${reachedMachines(heardSince)}) x where region_order_id = any(${[...regionOrderIds]}::uuid[])
    group by region_order_id`.execute(db);
  return new Map(rows.map((row) => [row.region_order_id, row]));
}

/** Those that have not obeyed first. */
export async function selectReachedMachines(
  db: Db,
  regionOrderId: string,
  heardSince: Date,
  { limit, offset }: { limit: number; offset: number },
) {
  const { rows } = await sql<{
    machine_id: string;
    name: string;
    enterprise_name: string;
    region_name: string;
    has_obeyed: boolean;
    is_away: boolean;
  }>`
    select x.machine_id, x.name, e.name as enterprise_name, r.name as region_name, x.has_obeyed, x.is_away
    from (${reachedMachines(heardSince)}) x
    join enterprises e on e.enterprise_id = x.enterprise_id
    join regions r on r.region_code = x.region_code
    where x.region_order_id = ${regionOrderId}
    order by x.has_obeyed, x.is_away, x.name, x.machine_id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** Chips that can be told now and were not, the oldest orders first. */
export async function selectUntold(db: Db, heardSince: Date, limit: number) {
  const { rows } = await sql<{ region_order_id: string; machine_id: MachineId; chip_id: ChipId }>`
    select x.region_order_id, x.machine_id, x.chip_id
    from (${reachedMachines(heardSince)}) x
    join region_orders o on o.region_order_id = x.region_order_id
    where x.told_at is null and not x.is_away and o.status in ('in-force', 'lifted')
    order by x.region_order_id limit ${limit}`.execute(db);
  return rows;
}

export async function markTold(
  db: Db,
  told: readonly { region_order_id: string; machine_id: MachineId }[],
  at: Date,
): Promise<void> {
  await sql`
    update region_order_machines om set told_at = ${at}
    from unnest(${told.map((row) => row.region_order_id)}::uuid[], ${told.map((row) => row.machine_id)}::uuid[])
      as now_told (region_order_id, machine_id)
    where om.region_order_id = now_told.region_order_id and om.machine_id = now_told.machine_id`.execute(db);
}

/** Whether there is an order that still moves something; one look a second, on most days the only one. */
export async function isAnyOrderOpen(db: Db, liftedSince: Date): Promise<boolean> {
  const row = await db
    .selectFrom("region_orders")
    .select("region_order_id")
    .where((where) =>
      where.or([
        where("status", "in", ["asked", "in-force"]),
        where.and([where("status", "=", "lifted"), where("ended_at", ">", liftedSince)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was not confirmed in time is over; a lock goes on. */
export async function lapseUnconfirmed(db: Db, at: Date): Promise<void> {
  await db
    .updateTable("region_orders")
    .set({ status: "lapsed", ended_at: at })
    .where("status", "=", "asked")
    .where("confirm_by", "<=", at)
    .execute();
  await db
    .updateTable("region_orders")
    .set({ lift_asked_by: null, lift_asked_at: null, lift_confirm_by: null, lift_reason: null })
    .where("status", "=", "in-force")
    .where("lift_confirm_by", "<=", at)
    .execute();
}

/** A stop is done when the last work that it ends has ended. */
export async function finishStops(db: Db, at: Date): Promise<void> {
  await sql`
    update region_orders o set status = 'done', ended_at = ${at}
    where o.status = 'in-force' and o.kind = 'stop' and not exists (
      select from region_order_machines om join work_sessions s on s.work_session_id = om.work_session_id
      where om.region_order_id = o.region_order_id and s.status in ('granted', 'energised'))`.execute(db);
}

export async function selectLocksInForce(
  db: Db,
): Promise<Pick<RegionOrdersTable, "region_order_id" | "region_code" | "enterprise_id" | "reason">[]> {
  return await db
    .selectFrom("region_orders")
    .select(["region_order_id", "region_code", "enterprise_id", "reason"])
    .where("status", "=", "in-force")
    .where("kind", "=", "lock")
    .execute();
}
