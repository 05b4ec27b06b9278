import type { AppContext } from "../../context.ts";
import { hasOneConnection } from "../../db/pglite-dialect.ts";
import { countCells } from "./count-cells.ts";
import { findChanges } from "./find-changes.ts";

/**
 * Changes that are counted in one piece: the first time, and the bounds of the pieces after it. On the embedded database,
 * which has one connection, others have their turns between the parts of a piece; on PostgreSQL a piece is a transaction that holds up nobody but other questions of statistics, and half a county's year in it
 * would count the county's roll-ups twice.
 */
const FIRST = 400;
const PIECES = {
  pglite: { least: 400, most: 8_000, goodMs: 500 },
  postgresql: { least: 5_500, most: 40_000, goodMs: 4_000 },
} as const;

/**
 * Brings the cells up to what the rows say now, in pieces as large as they can be without holding others up: a year's
 * history is counted once. Running it twice, at once or on several servers changes nothing more: a cell is a function
 * of its rows.
 */
export async function keepCounts(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  { first = FIRST }: { first?: number } = {},
): Promise<void> {
  const { db } = ctx;
  const isAlone = hasOneConnection(db);
  if (isAlone) await findChanges(db);
  else await db.transaction().execute(findChanges);
  const { least, most, goodMs } = PIECES[ctx.config.database.engine];
  let atOnce = first;
  for (let isMore = true; isMore; ) {
    const beganMs = ctx.clock.nowMs();
    isMore = isAlone
      ? await countCells(db, atOnce, {
          inPart: (work) => db.transaction().execute(work),
          isInOnePiece: false,
        })
      : await db.transaction().execute(async (tx) => {
          // Two that counted one cell at once would each write it.
          await tx.selectFrom("statistics_progress").select("only_row").forUpdate().execute();
          return await countCells(tx, atOnce, { inPart: (work) => work(tx), isInOnePiece: true });
        });
    const isQuick = ctx.clock.nowMs() - beganMs < goodMs;
    atOnce = isQuick ? Math.min(2 * atOnce, most) : Math.max(Math.floor(atOnce / 2), least);
  }
}
