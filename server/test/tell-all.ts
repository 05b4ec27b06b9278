import { sql } from "kysely";
import { vi } from "vitest";
import type { AppContext } from "../src/context.ts";
import { tellSubscribers } from "../src/features/webhooks/webhooks.ts";

/**
 * Writes down for subscribers all that has happened by now, as the sweep does: as often as it takes until other
 * databases of the cluster have no older transaction running. @returns how many deliveries were written
 */
export async function tellAll(ctx: Pick<AppContext, "db" | "clock" | "config">): Promise<number> {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(ctx.db);
  let told = 0;
  await vi.waitFor(
    async () => {
      told += await tellSubscribers(ctx);
      const behind = await sql`
        select from webhook_subscriptions where told_xid <= ${rows[0]!.xid}::text::xid8`.execute(ctx.db);
      if (behind.rows.length > 0) throw new Error("an older transaction is still running");
    },
    { timeout: 20_000 },
  );
  return told;
}
