import type { HotWorkPermitId, PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { isAtWork } from "./earlier-work.ts";
import { changePermit, type PermitContext, requireStatus } from "./permit-changes.ts";
import { type LockedPermit, updatePermit } from "./queries.ts";

interface Said {
  permitId: string;
  actor: PersonId;
  reason: string;
}

/** From which statuses each step leads where, and what others are told. Nothing leads to more time. */
const steps = {
  reject: { from: ["submitted"], to: "rejected", action: "rejected", tells: undefined },
  suspend: { from: ["approved"], to: "suspended", action: "suspended", tells: "suspended" },
  resume: { from: ["suspended"], to: "approved", action: "resumed", tells: "resumed" },
  void: {
    from: ["draft", "submitted", "approved", "suspended"],
    to: "void",
    action: "voided",
    tells: "ended",
  },
} as const;
export type PermitStep = keyof typeof steps;

/**
 * One step with its reason.
 * @throws AppError hot_work_permit.not_found | .wrong_status; .time_over for a permit resumed after its time
 */
export async function stepPermit(
  ctx: PermitContext,
  step: PermitStep,
  { permitId, actor, reason }: Said,
): Promise<void> {
  const { from, to, action, tells } = steps[step];
  const audited = { permitId, actor, action: `hot_work_permit.${action}`, details: { reason } };
  await changePermit(ctx, audited, async (tx, permit) => {
    requireStatus(permit, ...from);
    const at = new Date(ctx.clock.nowMs());
    if (to === "approved" && permit.valid_to! <= at) throw new AppError("hot_work_permit.time_over");
    await updatePermit(tx, permit.permit_id, {
      status: to,
      status_reason: reason,
      status_changed_by: actor,
      status_changed_at: at,
      ...(to === "void" || to === "rejected" ? { ended_at: at } : {}),
    });
    if (tells && permit.approved_at) await ctx.onChange(tx, { permitId: permit.permit_id, kind: tells });
    return { from: permit.status };
  });
}

/**
 * The work is finished and looked over.
 * @throws AppError hot_work_permit.not_found | .wrong_status | .still_at_work, and what is told may refuse too
 */
export async function finishPermit(ctx: PermitContext, permitId: string, actor: PersonId): Promise<void> {
  const step = { permitId, actor, action: "hot_work_permit.closed" };
  await changePermit(ctx, step, async (tx, permit) => {
    requireStatus(permit, "approved", "suspended");
    if (await isAtWork(tx, permit)) throw new AppError("hot_work_permit.still_at_work");
    await ctx.onChange(tx, { permitId: permit.permit_id, kind: "ended" });
    await writeClosed(tx, permit.permit_id, new Date(ctx.clock.nowMs()));
    return undefined;
  });
}

/**
 * Ends an approved permit because everything under it is done, within the caller's transaction and without telling
 * anybody: for who knows already. One that has ended stays as it is.
 */
export async function closePermit(
  ctx: Pick<AppContext, "audit">,
  tx: Kysely<Tables>,
  permitId: HotWorkPermitId,
  atMs: number,
): Promise<void> {
  if (!(await writeClosed(tx, permitId, new Date(atMs)))) return;
  await ctx.audit.record(tx, {
    actor: "system",
    action: "hot_work_permit.closed",
    subject: `hot_work_permit:${permitId}`,
  });
}

async function writeClosed(tx: Kysely<Tables>, permitId: HotWorkPermitId, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable("hot_work_permits")
    .set({ status: "closed", ended_at: at, status_changed_at: at, status_reason: null })
    .where("permit_id", "=", permitId)
    .where("status", "in", ["approved", "suspended"])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Permits whose time has run out, approved or not. Idempotent. */
export async function expirePermits(ctx: Pick<AppContext, "db" | "clock" | "audit">): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  await ctx.db.transaction().execute(async (tx) => {
    const { rows } = await sql<Pick<LockedPermit, "permit_id" | "permit_number">>`
      update hot_work_permits
      set status = 'expired', ended_at = coalesce(valid_to, planned_to), status_changed_at = ${now}
      where permit_id in (
        select permit_id from hot_work_permits
        where status in ('submitted', 'approved', 'suspended') and coalesce(valid_to, planned_to) <= ${now}
        for update skip locked)
      returning permit_id, permit_number`.execute(tx);
    for (const { permit_id, permit_number } of rows) {
      await ctx.audit.record(tx, {
        actor: "system",
        action: "hot_work_permit.expired",
        subject: `hot_work_permit:${permit_id}`,
        details: { number: permit_number },
      });
    }
  });
}
