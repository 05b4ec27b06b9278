import type { FoundConflict } from "@hanyouxu/api";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { foundConflictOf } from "./conflict-view.ts";
import { type ConflictPair, conflictsWith } from "./conflicts-among.ts";
import { WARN_AHEAD_MS } from "./follow-conflicts.ts";
import { type GoingWork, goingWork, type WorkSubject, worksWithin } from "./going-works.ts";

/**
 * What a clearance, a permit or a declared work conflicts with now and, where its own end is known, until then; none when
 * it is over. Found afresh, whether or not it was raised yet.
 */
export async function conflictsOf(
  ctx: Pick<AppContext, "db" | "clock">,
  subject: WorkSubject,
): Promise<FoundConflict[]> {
  const work = await goingWork(ctx.db, subject);
  if (!work) return [];
  return (await pairsOf(ctx.db, work, ctx.clock.nowMs())).map((pair) => foundConflictOf(pair, work.key));
}

/** The pairs of one work from now on, the nearest first. */
export async function pairsOf(db: Kysely<Tables>, work: GoingWork, nowMs: number): Promise<ConflictPair[]> {
  const { placed } = work;
  const span = { fromMs: Math.max(nowMs, placed.fromMs), toMs: placed.toMs ?? nowMs + WARN_AHEAD_MS };
  if (span.toMs <= span.fromMs) return [];
  const pairs = conflictsWith(work, await worksWithin(db, span, placed));
  return pairs.sort((a, b) => a.finding.horizontalMetres - b.finding.horizontalMetres);
}

export { followConflicts } from "./follow-conflicts.ts";
export { forgetWorkContacts } from "./work-contacts.ts";
