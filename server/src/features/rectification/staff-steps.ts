import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { endBookings } from "../credit/credit.ts";
import { unlockRectified } from "../machines/machines.ts";
import {
  type Actor,
  changeRectification,
  changeWithin,
  type RectificationContext,
  requireStatus,
  type Step,
  type Stored,
} from "./change-rectification.ts";
import { rectificationDeadline } from "./deadlines.ts";
import { type ItemRow, selectItems, updateItem } from "./queries.ts";
import { localTime, tellFirm } from "./tell-rectification.ts";

/**
 * Answers the firm's wish for more time.
 * @throws AppError rectification.not_found | .wrong_status | .no_extension | .deadline_past, where the time asked for is
 *   over meanwhile
 */
export async function decideExtension(
  ctx: RectificationContext,
  rectificationId: string,
  { isGranted, reason }: { isGranted: boolean; reason: string },
  actor: Actor,
): Promise<void> {
  await changeRectification(ctx, rectificationId, actor, async (tx, row, now) => {
    requireStatus(row, "issued");
    const until = row.extension_until;
    if (until === null) throw new AppError("rectification.no_extension");
    if (isGranted && until <= now) throw new AppError("rectification.deadline_past");
    await tellFirm(ctx, tx, row, {
      template: isGranted ? "rectification-extended" : "rectification-extension-refused",
      words: { day: localTime(isGranted ? until : row.due_at) },
      key: `${row.round}:${now.getTime()}`,
    });
    const answered = { extension_until: null, extension_reason: null };
    if (isGranted && row.overdue_at !== null) await forgiveOverdue(ctx, tx, rectificationId, now);
    return isGranted
      ? {
          change: {
            ...answered,
            due_at: until,
            next_at: until,
            level: 0,
            overdue_at: null,
            lock_from: null,
            extension_count: row.extension_count + 1,
          },
          what: "extension-granted",
          details: { text: reason, until: until.toISOString() },
        }
      : { change: answered, what: "extension-refused", details: { text: reason } };
  });
}

/** More time that is granted late: what the passed deadline has brought about is undone. */
async function forgiveOverdue(
  ctx: RectificationContext,
  tx: Kysely<Tables>,
  rectificationId: string,
  now: Date,
): Promise<void> {
  await unlockRectified(tx, rectificationId, now);
  await tx
    .updateTable("rectification_machines")
    .set({ locked_at: null, unlocked_at: null })
    .where("rectification_id", "=", rectificationId)
    .execute();
  await endBookings(ctx, tx, rectificationId, "cancelled");
}

export interface Finding {
  itemNo: number;
  isPassed: boolean;
  note: string;
}

/**
 * The re-inspection: all passed ends the order and unlocks what it locked, else what failed goes back to the firm with a
 * new deadline.
 * @throws AppError rectification.not_found | .wrong_status | .items_unknown | .note_missing | .deadline_past
 */
export async function reinspect(
  ctx: RectificationContext,
  rectificationId: string,
  { findings, due }: { findings: readonly Finding[]; due: Date | undefined },
  actor: Actor,
): Promise<void> {
  await changeRectification(ctx, rectificationId, actor, async (tx, row, now) => {
    requireStatus(row, "answered");
    const waiting = (await selectItems(tx, rectificationId)).filter(({ state }) => state === "answered");
    requireAllFound(waiting, findings);
    for (const { itemNo, isPassed } of findings) {
      await updateItem(tx, rectificationId, itemNo, { state: isPassed ? "passed" : "open" });
    }
    const failed = findings.filter(({ isPassed }) => !isPassed);
    const text = failed.map(({ itemNo, note }) => `${itemNo}. ${note}`).join("\n");
    return failed.length === 0
      ? await pass(ctx, tx, row, now)
      : await sendBack(ctx, tx, row, { now, due, text });
  });
}

function requireAllFound(waiting: readonly ItemRow[], findings: readonly Finding[]): void {
  const asked = waiting.map(({ item_no }) => item_no).sort();
  const found = findings.map(({ itemNo }) => itemNo).sort();
  if (asked.join() !== found.join()) throw new AppError("rectification.items_unknown");
  if (findings.some(({ isPassed, note }) => !isPassed && note.length < 2))
    throw new AppError("rectification.note_missing");
}

async function pass(ctx: RectificationContext, tx: Kysely<Tables>, row: Stored, now: Date): Promise<Step> {
  await unlockRectified(tx, row.rectification_id, now);
  await tellFirm(ctx, tx, row, { template: "rectification-passed", key: String(row.round) });
  return {
    change: { status: "passed", ended_at: now, next_at: null, reinspect_by: null },
    what: "passed",
  };
}

async function sendBack(
  ctx: RectificationContext,
  tx: Kysely<Tables>,
  row: Stored,
  { now, due, text }: { now: Date; due: Date | undefined; text: string },
): Promise<Step> {
  if (due && due <= now) throw new AppError("rectification.deadline_past");
  const until = due ?? (await rectificationDeadline(tx, row, now));
  await tellFirm(ctx, tx, row, {
    template: "rectification-returned",
    words: { day: localTime(until) },
    key: String(row.round + 1),
  });
  return {
    change: {
      status: "issued",
      round: row.round + 1,
      due_at: until,
      next_at: until,
      reinspect_by: null,
      overdue_at: null,
      level: 0,
      extension_count: 0,
    },
    what: "failed",
    details: { text, until: until.toISOString() },
  };
}

/**
 * Takes an order back: its machines are unlocked, what it took of the firm's credit comes back.
 * @throws AppError rectification.not_found | .wrong_status
 */
export async function cancelRectification(
  ctx: RectificationContext,
  rectificationId: string,
  reason: string,
  actor: Actor,
): Promise<void> {
  await ctx.db
    .transaction()
    .execute((tx) => cancelWithin(ctx, tx, rectificationId, { reason, what: "cancelled" }, actor));
}

/** The same within a transaction of the caller's: an appeal that was allowed. */
export async function cancelWithin(
  ctx: RectificationContext,
  tx: Kysely<Tables>,
  rectificationId: string,
  { reason, what }: { reason: string; what: "cancelled" | "appeal-allowed" },
  actor: Actor,
): Promise<void> {
  await changeWithin(ctx, tx, rectificationId, actor, async (row, now) => {
    requireStatus(row, "issued", "answered");
    await unlockRectified(tx, rectificationId, now);
    await endBookings(ctx, tx, rectificationId, what === "cancelled" ? "cancelled" : "appeal");
    await tellFirm(ctx, tx, row, { template: "rectification-cancelled", key: "" });
    const change = {
      status: "cancelled" as const,
      ended_at: now,
      next_at: null,
      reinspect_by: null,
      extension_until: null,
      extension_reason: null,
    };
    return { change, what, details: { text: reason } };
  });
}
