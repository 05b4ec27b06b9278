import type { AppContext } from "../../context.ts";
import { oldestKept } from "./forget.ts";
import { hasSubscriptions, lockSubscriptions, recordEvents, selectHorizon } from "./tell-queries.ts";

/**
 * Writes down for each subscription what has happened since the last run, in the order of its transactions. Only
 * transactions are read that are older than every one still running: none that is older can appear later. The deliveries
 * and how far they reach are committed together, so that nothing is lost or written twice.
 * @returns how many deliveries were written
 */
export async function tellSubscribers(ctx: Pick<AppContext, "db" | "clock" | "config">): Promise<number> {
  if (!(await hasSubscriptions(ctx.db))) return 0;
  return await ctx.db.transaction().execute(async (tx) => {
    const subscriptionIds = await lockSubscriptions(tx);
    if (subscriptionIds.length === 0) return 0;
    return await recordEvents(tx, subscriptionIds, await selectHorizon(tx), oldestKept(ctx));
  });
}
