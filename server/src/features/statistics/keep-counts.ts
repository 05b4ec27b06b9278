import type { AppContext } from "../../context.ts";
import { countCells } from "./count-cells.ts";
import { findChanges } from "./find-changes.ts";

/** Changes that are counted in one transaction: the first, and the bounds of those after it. */
const AT_ONCE = { first: 400, least: 400, most: 40_000 };
/** Whoever waits for the embedded database, which has one connection, should wait about so long. */
const GOOD_PIECE_MS = { pglite: 500, postgresql: 4_000 } as const;

/**
 * Brings the cells up to what the rows say now, in pieces as large as they can be without holding others up: a year's
 * history is counted once. Running it twice, at once or on several servers changes nothing more: a cell is a function
 * of its rows.
 */
export async function keepCounts(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  { first = AT_ONCE.first }: { first?: number } = {},
): Promise<void> {
  await ctx.db.transaction().execute(findChanges);
  let atOnce = first;
  for (let isMore = true; isMore; ) {
    const beganMs = ctx.clock.nowMs();
    isMore = await ctx.db.transaction().execute(async (tx) => {
      // Two that counted one cell at once would each write it.
      await tx.selectFrom("statistics_progress").select("only_row").forUpdate().execute();
      return await countCells(tx, atOnce);
    });
    const isQuick = ctx.clock.nowMs() - beganMs < GOOD_PIECE_MS[ctx.config.database.engine];
    atOnce = isQuick ? Math.min(2 * atOnce, AT_ONCE.most) : Math.max(Math.floor(atOnce / 2), AT_ONCE.least);
  }
}
