import type { MachineId, WorkSessionId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { AppError } from "../../errors.ts";
import { lockForRectification } from "../machines/machines.ts";
import { stopWork } from "../work-sessions/work-sessions.ts";

type LockContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "keys" | "broker" | "changes" | "audit" | "metrics" | "log"
>;

/**
 * Locks machines of overdue orders where the region's policy says so. One that is at work is asked to stop first, never
 * mid-weld, and locked when its session has ended: an order on paper is no emergency. Its chip is told by the reminder.
 */
export async function lockOverdueMachines(ctx: LockContext): Promise<void> {
  const waiting = await selectToLock(ctx.db);
  await eachInTurn(waiting, "machines to lock", async (machine) => {
    if (machine.work_session_id !== null) {
      if (!machine.is_stopping) await askToStop(ctx, machine.work_session_id);
      return;
    }
    await ctx.db.transaction().execute(async (tx) => {
      const { rectification_id: rectificationId, machine_id: machineId } = machine;
      const isNew = await lockForRectification(tx, rectificationId, machineId, new Date(ctx.clock.nowMs()));
      if (!isNew) return;
      await ctx.audit.record(tx, {
        actor: "system",
        action: "machine.locked",
        subject: `machine:${machineId}`,
        details: { rectificationId },
      });
    });
  });
}

async function askToStop(ctx: LockContext, workSessionId: WorkSessionId): Promise<void> {
  await stopWork(ctx, workSessionId).catch((error: unknown) => {
    const hasEnded = error instanceof AppError && error.code === "work_session.not_open";
    if (!hasEnded) throw error;
  });
}

async function selectToLock(db: Kysely<Tables>) {
  const { rows } = await sql<{
    rectification_id: string;
    machine_id: MachineId;
    work_session_id: WorkSessionId | null;
    is_stopping: boolean;
  }>`
    select om.rectification_id, om.machine_id, s.work_session_id, s.stop_requested_at is not null as is_stopping
    from rectifications o
    join rectification_machines om using (rectification_id)
    left join work_sessions s on s.machine_id = om.machine_id and s.status in ('granted', 'energised')
    where o.lock_from is not null and o.ended_at is null and om.locked_at is null
    order by o.lock_from limit 200`.execute(db);
  return rows;
}
