import type { MachineId } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** What a machine's lock reason says when an order to rectify, alias `r`, locks it. */
const reasonOfOrder: RawBuilder<string> = sql`'整改逾期 ' || r.rectification_number`;

/**
 * The reason by which an order to rectify holds a machine; no row where none does. To be joined laterally.
 * @param machineColumn our own text such as `m.machine_id`, never input
 */
export function heldByRectification(machineColumn: string): RawBuilder<unknown> {
  return sql`(
    select ${reasonOfOrder} as reason from rectification_machines rm
    join rectifications r on r.rectification_id = rm.rectification_id
    where rm.machine_id = ${sql.ref(machineColumn)} and rm.locked_at is not null and rm.unlocked_at is null
    order by rm.locked_at limit 1)`;
}

/** Whether an overdue order to rectify holds it: nobody unlocks one machine out of it. */
export async function isLockedByRectification(db: Kysely<Tables>, machineId: string): Promise<boolean> {
  const row = await db
    .selectFrom("rectification_machines")
    .select("machine_id")
    .where("machine_id", "=", machineId as MachineId)
    .where("locked_at", "is not", null)
    .where("unlocked_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Locks a machine until its order to rectify has passed. One that is locked already keeps the reason that it has.
 * @returns false when this order had locked it before, or is over
 */
export async function lockForRectification(
  tx: Kysely<Tables>,
  rectificationId: string,
  machineId: MachineId,
  at: Date,
): Promise<boolean> {
  const marked = await sql`
    update rectification_machines om set locked_at = ${at} from rectifications o
    where om.rectification_id = ${rectificationId} and om.machine_id = ${machineId} and om.locked_at is null
      and o.rectification_id = om.rectification_id and o.ended_at is null`.execute(tx);
  if (marked.numAffectedRows !== 1n) return false;
  await sql`
    update machines m set is_locked = true, lock_reason = ${reasonOfOrder} from rectifications r
    where m.machine_id = ${machineId} and r.rectification_id = ${rectificationId} and not m.is_locked`.execute(
    tx,
  );
  return true;
}

/**
 * Unlocks what this order alone locks; where a region's order or another order to rectify holds too, the machine stays
 * locked by that, and what somebody locked by hand stays as it is.
 */
export async function unlockRectified(tx: Kysely<Tables>, rectificationId: string, at: Date): Promise<void> {
  await sql`
    update rectification_machines set unlocked_at = ${at}
    where rectification_id = ${rectificationId} and locked_at is not null and unlocked_at is null`.execute(
    tx,
  );
  await sql`
    update machines m
    set is_locked = o.region_order_id is not null or held.reason is not null,
        lock_reason = coalesce(o.reason, held.reason), lock_order_id = o.region_order_id
    from rectification_machines om
    join rectifications r on r.rectification_id = om.rectification_id
    left join lateral (
      select ro.region_order_id, ro.reason from region_orders ro
      join region_order_machines reached on reached.region_order_id = ro.region_order_id
      where reached.machine_id = om.machine_id and ro.kind = 'lock' and ro.status = 'in-force'
      order by ro.answered_at limit 1) o on true
    left join lateral ${heldByRectification("om.machine_id")} held on true
    where om.rectification_id = ${rectificationId} and m.machine_id = om.machine_id and om.locked_at is not null
      and m.lock_order_id is null and m.lock_reason = ${reasonOfOrder}`.execute(tx);
}
