import type { HotWorkPermitId, PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { type LockedPermit, lockPermit } from "./queries.ts";

/** What others must know of a permit that was approved. */
export type PermitChange =
  | {
      permitId: HotWorkPermitId;
      kind: "approved";
      approverId: PersonId;
      validFromMs: number;
      validToMs: number;
    }
  | { permitId: HotWorkPermitId; kind: "suspended" | "resumed" | "ended" };

/** Called within the transaction of the change. An expired permit is not told: its end was known from the approval. */
export type OnPermitChange = (tx: Kysely<Tables>, change: PermitChange) => Promise<void>;

export type PermitContext = Pick<
  AppContext,
  | "db"
  | "clock"
  | "random"
  | "newId"
  | "audit"
  | "blobs"
  | "personalData"
  | "log"
  | "machineCodeKey"
  | "metrics"
> & { onChange: OnPermitChange };

export interface AuditedStep {
  permitId: string;
  actor: PersonId;
  /** `hot_work_permit.…` of the audit log. */
  action: string;
  details?: Record<string, unknown>;
}

/**
 * One step on one permit, whole or not at all: what `work` writes and the audit entry stand or fall together.
 * @throws AppError hot_work_permit.not_found, and what `work` throws
 */
export async function changePermit(
  ctx: Pick<AppContext, "db" | "audit">,
  { permitId, actor, action, details = {} }: AuditedStep,
  work: (tx: Kysely<Tables>, permit: LockedPermit) => Promise<Record<string, unknown> | undefined>,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const permit = await lockPermit(tx, permitId);
    if (!permit) throw new AppError("hot_work_permit.not_found");
    const learned = await work(tx, permit);
    await ctx.audit.record(tx, {
      actor,
      action,
      subject: `hot_work_permit:${permitId}`,
      details: { number: permit.permit_number, ...details, ...learned },
    });
  });
}

/** @throws AppError hot_work_permit.wrong_status */
export function requireStatus(permit: LockedPermit, ...statuses: readonly LockedPermit["status"][]): void {
  if (!statuses.includes(permit.status)) {
    throw new AppError("hot_work_permit.wrong_status", { details: { status: permit.status } });
  }
}
