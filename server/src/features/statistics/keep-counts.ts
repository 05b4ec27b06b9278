import type { AppContext } from "../../context.ts";
import { CELLS_AT_ONCE, countCells } from "./count-cells.ts";
import { findChanges } from "./find-changes.ts";

/**
 * Brings the cells up to what the rows say now. Running it twice, at once or on several servers changes nothing more: a
 * cell is a function of its rows.
 */
export async function keepCounts(
  ctx: Pick<AppContext, "db">,
  {
    withOpenWork = false,
    cellsAtOnce = CELLS_AT_ONCE,
  }: { withOpenWork?: boolean; cellsAtOnce?: number } = {},
): Promise<void> {
  await ctx.db.transaction().execute((tx) => findChanges(tx, withOpenWork));
  for (let isMore = true; isMore; ) {
    isMore = await ctx.db.transaction().execute(async (tx) => {
      // Two that counted one cell at once would each write it.
      await tx.selectFrom("statistics_progress").select("only_row").forUpdate().execute();
      return await countCells(tx, cellsAtOnce);
    });
  }
}
