/** Stops and locks of all machines of a region, by two people. */
import type { RegionOrder } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import {
  changeRegionOrder,
  insertRegionOrder,
  lockReached,
  type RegionOrderRow,
  stopReached,
  unlockReached,
} from "./queries.ts";
import { tellSecondPeople } from "./tell-second.ts";

/** Longer than a colleague needs to look, shorter than anybody forgets. */
const CONFIRM_WITHIN_MS = 15 * 60_000;

type OrderContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

export interface AskedOrder {
  kind: RegionOrder["kind"];
  region: RegionCode;
  enterpriseId: EnterpriseId | null;
  reason: string;
}

/** Nothing happens to a machine yet. @throws AppError region_order.asked_already */
export async function askRegionOrder(ctx: OrderContext, asker: PersonId, asked: AskedOrder): Promise<string> {
  const nowMs = ctx.clock.nowMs();
  const regionOrderId = ctx.newId();
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await insertRegionOrder(tx, {
        region_order_id: regionOrderId,
        kind: asked.kind,
        region_code: asked.region,
        enterprise_id: asked.enterpriseId,
        reason: asked.reason,
        status: "asked",
        asked_by: asker,
        asked_at: new Date(nowMs),
        confirm_by: new Date(nowMs + CONFIRM_WITHIN_MS),
      });
      await note(ctx, tx, { actor: asker, action: "asked", regionOrderId, details: { ...asked } });
      await tellSecondPeople(ctx, tx, {
        regionOrderId,
        region: asked.region,
        what: asked.kind,
        askedBy: asker,
        askedAtMs: nowMs,
        withinMs: CONFIRM_WITHIN_MS,
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "region_orders_one_open")) throw new AppError("region_order.asked_already");
    throw error;
  }
  return regionOrderId;
}

/**
 * The second person's yes: from this commit on no start is granted there (a lock), or every session there is asked to end
 * (a stop). The chips are told by the sweep.
 * @throws AppError region_order.needs_second_person | .not_open | .lapsed
 */
export async function confirmRegionOrder(
  ctx: OrderContext,
  actor: PersonId,
  order: RegionOrderRow,
): Promise<void> {
  if (order.asked_by === actor) throw new AppError("region_order.needs_second_person");
  const at = new Date(ctx.clock.nowMs());
  if (order.status === "asked" && order.confirm_by <= at) throw new AppError("region_order.lapsed");
  await changed(ctx, actor, order, "confirmed", {}, async (tx) => {
    const from = { status: "asked", notLaterThan: { column: "confirm_by", at } } as const;
    const change = { status: "in-force", answered_by: actor, answered_at: at } as const;
    if (!(await changeRegionOrder(tx, order.region_order_id, from, change))) return false;
    if (order.kind === "lock") await lockReached(tx, order);
    else await stopReached(tx, order, at);
    return true;
  });
}

/** The second person's no, or the first's own. @throws AppError region_order.needs_second_person | .not_open */
export async function endUnconfirmed(
  ctx: OrderContext,
  actor: PersonId,
  order: RegionOrderRow,
  how: { status: "refused" | "withdrawn"; reason: string },
): Promise<void> {
  const isOwn = order.asked_by === actor;
  if (isOwn !== (how.status === "withdrawn")) throw new AppError("region_order.needs_second_person");
  const at = new Date(ctx.clock.nowMs());
  const change = {
    status: how.status,
    answered_by: actor,
    answered_at: at,
    refusal: how.reason,
    ended_at: at,
  };
  await changed(ctx, actor, order, how.status, { reason: how.reason }, (tx) =>
    changeRegionOrder(tx, order.region_order_id, { status: "asked" }, change),
  );
}

/** @throws AppError region_order.not_open */
export async function askLift(
  ctx: OrderContext,
  actor: PersonId,
  order: RegionOrderRow,
  reason: string,
): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  if (order.kind !== "lock") throw new AppError("region_order.not_open");
  const { region_order_id: regionOrderId, region_code: region } = order;
  await changed(ctx, actor, order, "lift-asked", { reason }, async (tx) => {
    const isAsked = await changeRegionOrder(
      tx,
      regionOrderId,
      { status: "in-force", isLiftAsked: false },
      {
        lift_asked_by: actor,
        lift_asked_at: new Date(nowMs),
        lift_confirm_by: new Date(nowMs + CONFIRM_WITHIN_MS),
        lift_reason: reason,
      },
    );
    const waiting = { what: "lift", askedBy: actor, askedAtMs: nowMs, withinMs: CONFIRM_WITHIN_MS } as const;
    if (isAsked) await tellSecondPeople(ctx, tx, { regionOrderId, region, ...waiting });
    return isAsked;
  });
}

/** @throws AppError region_order.needs_second_person | .not_open | .lapsed */
export async function confirmLift(ctx: OrderContext, actor: PersonId, order: RegionOrderRow): Promise<void> {
  if (order.lift_asked_by === actor) throw new AppError("region_order.needs_second_person");
  const at = new Date(ctx.clock.nowMs());
  if (order.lift_confirm_by && order.lift_confirm_by <= at) throw new AppError("region_order.lapsed");
  await changed(ctx, actor, order, "lifted", {}, async (tx) => {
    const from = {
      status: "in-force",
      isLiftAsked: true,
      notLaterThan: { column: "lift_confirm_by", at },
    } as const;
    const change = { status: "lifted", lifted_by: actor, ended_at: at } as const;
    if (!(await changeRegionOrder(tx, order.region_order_id, from, change))) return false;
    await unlockReached(tx, order.region_order_id);
    return true;
  });
}

/** The lock stays. @throws AppError region_order.not_open */
export async function refuseLift(
  ctx: OrderContext,
  actor: PersonId,
  order: RegionOrderRow,
  reason: string,
): Promise<void> {
  const change = { lift_asked_by: null, lift_asked_at: null, lift_confirm_by: null, lift_reason: null };
  await changed(ctx, actor, order, "lift-refused", { reason }, (tx) =>
    changeRegionOrder(tx, order.region_order_id, { status: "in-force", isLiftAsked: true }, change),
  );
}

async function changed(
  ctx: OrderContext,
  actor: PersonId,
  { region_order_id: regionOrderId }: RegionOrderRow,
  action: string,
  details: Record<string, unknown>,
  change: (tx: Kysely<Tables>) => Promise<boolean>,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await change(tx))) throw new AppError("region_order.not_open");
    await note(ctx, tx, { actor, action, regionOrderId, details });
  });
}

interface Noted {
  actor: PersonId;
  action: string;
  regionOrderId: string;
  details: Record<string, unknown>;
}

async function note(ctx: OrderContext, tx: Kysely<Tables>, { actor, action, regionOrderId, details }: Noted) {
  const subject = `region_order:${regionOrderId}`;
  await ctx.audit.record(tx, { actor, action: `region_order.${action}`, subject, details });
}

export { carryOutRegionOrders, lockNewcomers } from "./carry-out.ts";
