import type { AppContext } from "../../context.ts";
import { onlineSince, remindChips } from "../machines/machines.ts";
import {
  finishStops,
  isAnyOrderOpen,
  lapseUnconfirmed,
  markTold,
  selectLocksInForce,
  selectUntold,
} from "./progress-queries.ts";
import { lockReached } from "./queries.ts";

type CarryContext = Pick<AppContext, "db" | "clock" | "random" | "keys" | "broker" | "metrics" | "log">;

/** So many chips are told at once; a province's working machines take some minutes. */
const TOLD_AT_ONCE = 500;
/** Longer than telling all chips of a province; later comers hear of it as of any lock that is not as wanted. */
const LIFTED_FOR_MS = 3_600_000;

/** Tells chips what orders want of them. Those that are away hear of it when they connect, as of any lock or stop. */
export async function carryOutRegionOrders(ctx: CarryContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const at = new Date(nowMs);
  if (!(await isAnyOrderOpen(ctx.db, new Date(nowMs - LIFTED_FOR_MS)))) return;
  await lapseUnconfirmed(ctx.db, at);
  await finishStops(ctx.db, at);
  const untold = await selectUntold(ctx.db, onlineSince(nowMs), TOLD_AT_ONCE);
  if (untold.length === 0) return;
  await remindChips(ctx, [...new Set(untold.map(({ chip_id }) => chip_id))]);
  await markTold(ctx.db, untold, at);
}

/** A machine that comes into a locked region is locked too. */
export async function lockNewcomers({ db }: Pick<AppContext, "db">): Promise<void> {
  for (const order of await selectLocksInForce(db)) await lockReached(db, order);
}
