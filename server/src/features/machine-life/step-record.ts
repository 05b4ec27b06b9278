import type { RecordedStep, TimelineEntry } from "@hanyouxu/api";
import type { MachineId, PersonId } from "@hanyouxu/protocol";
import type { MachineStatus } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import type { Tables } from "../../db/tables.ts";
import { insertStepRow, selectSteps } from "./queries.ts";

export interface NewStep {
  machineId: MachineId;
  actor: PersonId;
  step: RecordedStep["step"];
  from?: MachineStatus;
  to?: MachineStatus;
  reason?: string;
  details?: Record<string, unknown>;
}

/** Puts a step into the machine's own history. Who calls it writes the audit log. */
export async function insertStep(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Kysely<Tables>,
  { machineId, actor, step, from, to, reason, details = {} }: NewStep,
): Promise<void> {
  await insertStepRow(tx, {
    machine_step_id: ctx.newId(),
    machine_id: machineId,
    at: new Date(ctx.clock.nowMs()),
    actor,
    step,
    from_status: from ?? null,
    to_status: to ?? null,
    reason: reason ?? null,
    details: JSON.stringify(details),
  });
}

/** The same, and into the audit log: the last thing a transaction does. */
export async function recordStep(
  ctx: Pick<AppContext, "clock" | "newId" | "audit">,
  tx: Kysely<Tables>,
  step: NewStep,
): Promise<void> {
  await insertStep(ctx, tx, step);
  await ctx.audit.record(tx, {
    actor: step.actor,
    action: `machine.${step.step.replaceAll("-", "_")}`,
    subject: `machine:${step.machineId}`,
    details: { reason: step.reason, from: step.from, to: step.to, ...step.details },
  });
}

/** A machine's steps as its timeline shows them, newest first. */
export async function stepEntries(
  ctx: Pick<AppContext, "db" | "personalData">,
  machineId: MachineId,
  before: Date,
  limit: number,
): Promise<TimelineEntry[]> {
  const rows = await selectSteps(ctx.db, machineId, before, limit);
  return rows.map((row) => ({
    type: "step" as const,
    at: row.at.toISOString(),
    step: {
      stepId: row.machine_step_id,
      step: row.step,
      actorName: row.name_ciphertext ? maskName(ctx.personalData.open("name", row.name_ciphertext)) : null,
      fromStatus: row.from_status as MachineStatus | null,
      toStatus: row.to_status as MachineStatus | null,
      reason: row.reason,
      details: row.details,
    },
  }));
}
