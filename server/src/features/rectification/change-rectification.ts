import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely, Updateable } from "kysely";
import type { AppContext } from "../../context.ts";
import type { RectificationActDetails, RectificationsTable } from "../../db/tables/rectification.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { insertActs, lockRectification, type StoredRectification, updateRectification } from "./queries.ts";

export type RectificationContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "personalData">;
export type Stored = NonNullable<StoredRectification>;

/** By whom, and as what. */
export interface Actor {
  personId: PersonId;
  role: string;
}

/** What a step makes of an order: new values, and the line of its history. */
export interface Step {
  change: Updateable<RectificationsTable>;
  what: string;
  details?: RectificationActDetails;
}

/**
 * Takes one step of somebody's, in one transaction that holds the order: what it changes, its line of history, the audit
 * log, and whatever `step` itself writes and tells.
 * @throws AppError rectification.not_found, and what `step` refuses
 */
export async function changeRectification(
  ctx: RectificationContext,
  rectificationId: string,
  actor: Actor,
  step: (tx: Kysely<Tables>, row: Stored, now: Date) => Promise<Step>,
): Promise<void> {
  await ctx.db
    .transaction()
    .execute((tx) => changeWithin(ctx, tx, rectificationId, actor, (row, now) => step(tx, row, now)));
}

/** The same within a transaction of the caller's. */
export async function changeWithin(
  ctx: Omit<RectificationContext, "db" | "personalData">,
  tx: Kysely<Tables>,
  rectificationId: string,
  actor: Actor,
  step: (row: Stored, now: Date) => Promise<Step>,
): Promise<void> {
  const row = await lockRectification(tx, rectificationId);
  if (!row) throw new AppError("rectification.not_found");
  const now = new Date(ctx.clock.nowMs());
  const { change, what, details = {} } = await step(row, now);
  await updateRectification(tx, rectificationId, { ...change, act_count: row.act_count + 1 });
  const act = { what, at: now, actorId: actor.personId, actorRole: actor.role, details };
  await insertActs(tx, rectificationId, row.act_count, [act]);
  await ctx.audit.record(tx, {
    actor: actor.personId,
    action: `rectification.${what}`,
    subject: `rectification:${rectificationId}`,
    details: { role: actor.role, number: row.rectification_number, ...details },
  });
}

/** @throws AppError rectification.wrong_status */
export function requireStatus({ status }: Pick<Stored, "status">, ...wanted: Stored["status"][]): void {
  if (!wanted.includes(status)) throw new AppError("rectification.wrong_status");
}
