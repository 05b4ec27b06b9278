import type { AppContext } from "../../context.ts";
import { deleteDeliveries } from "./queries.ts";

const DAY_MS = 86_400_000;

/** What happened before it is told of no more, and its deliveries are forgotten. */
export function oldestKept({ clock, config }: Pick<AppContext, "clock" | "config">): Date {
  return new Date(clock.nowMs() - config.webhookKeepDays * DAY_MS);
}

/** Forgets deliveries that are done with, or were given up, once they are older than the deployment keeps them. */
export async function forgetDeliveries(ctx: Pick<AppContext, "db" | "clock" | "config">): Promise<number> {
  return await deleteDeliveries(ctx.db, oldestKept(ctx));
}
