import { eachInTurn } from "../../each-in-turn.ts";
import { type OpenConflict, selectOpenConflicts, updateOpenConflict } from "./conflict-queries.ts";
import { type ConflictPair, conflictsAmong } from "./conflicts-among.ts";
import { type GoingWork, worksWithin } from "./going-works.ts";
import { clearConflict, columnsOf, type RaiseContext, raiseConflict } from "./raise-conflicts.ts";

/** Warned before the work begins: time to call the other firm, little enough to be still true. */
export const WARN_AHEAD_MS = 30 * 60_000;

/** Whether a conflict is to be open now: while both works go on, and shortly before. */
export function isDue({ finding }: ConflictPair, nowMs: number): boolean {
  return finding.fromMs <= nowMs + WARN_AHEAD_MS && (finding.toMs === null || finding.toMs > nowMs);
}

/**
 * Raises the conflicts that there are and clears those that are no more. It looks at what is, not at what has changed, so
 * that nothing is missed. Call it every few seconds; several servers may.
 */
export async function followConflicts(ctx: RaiseContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  // Before the works: one that is raised meanwhile is not taken for one whose works are gone.
  const open = await selectOpenConflicts(ctx.db);
  // What begins at the very end of the span counts too.
  const works = await worksWithin(ctx.db, { fromMs: nowMs, toMs: nowMs + WARN_AHEAD_MS + 1 });
  const due = conflictsAmong(works).filter((pair) => isDue(pair, nowMs));
  const { known, raised, gone } = compare(open, due);
  const there = new Set(works.flatMap(everyKeyOf));
  const steps = [
    ...known.map(({ row, pair }) => async () => {
      if (pair.one.key === row.one_key && pair.other.key === row.other_key) return;
      await updateOpenConflict(ctx.db, row.work_conflict_id, columnsOf(pair));
    }),
    ...raised.map((pair) => async () => {
      await ctx.db.transaction().execute((tx) => raiseConflict(ctx, tx, pair));
    }),
    ...gone.map((row) => async () => {
      const because = there.has(row.one_key) && there.has(row.other_key) ? "apart" : "ended";
      await ctx.db.transaction().execute((tx) => clearConflict(ctx, tx, row.work_conflict_id, because));
    }),
  ];
  await eachInTurn(steps, "conflicts of works", (step) => step());
}

/** Which open conflicts go on, with their pairs; which pairs are new; which open ones are no more. */
function compare(open: readonly OpenConflict[], due: readonly ConflictPair[]) {
  const known: { row: OpenConflict; pair: ConflictPair }[] = [];
  const left = new Set(due);
  const byKeys = new Map<string, ConflictPair[]>();
  for (const pair of due) {
    for (const keys of keysOf(pair)) byKeys.set(keys, [...(byKeys.get(keys) ?? []), pair]);
  }
  const gone = open.filter((row) => {
    const pair = byKeys.get(joined(row.one_key, row.other_key))?.find((one) => left.has(one));
    if (!pair) return true;
    left.delete(pair);
    known.push({ row, pair });
    return false;
  });
  return { known, raised: [...left], gone };
}

const joined = (oneKey: string, otherKey: string) => `${oneKey} ${otherKey}`;

/**
 * What an open conflict of a pair may be stored under, either work first. A clearance that is opened under a permit takes
 * the permit's place in its conflicts: nobody is warned twice.
 */
function keysOf({ one, other }: ConflictPair): string[] {
  return everyKeyOf(one).flatMap((oneKey) =>
    everyKeyOf(other).flatMap((otherKey) => [joined(oneKey, otherKey), joined(otherKey, oneKey)]),
  );
}

function everyKeyOf({ key, permitKey }: GoingWork): string[] {
  return permitKey === null || permitKey === key ? [key] : [key, permitKey];
}
