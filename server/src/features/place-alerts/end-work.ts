import type { KeyAreaId, WorkSessionId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { stopWork } from "../work-sessions/work-sessions.ts";

export type StopContext = Pick<
  AppContext,
  | "db"
  | "clock"
  | "random"
  | "newId"
  | "keys"
  | "broker"
  | "changes"
  | "metrics"
  | "log"
  | "audit"
  | "watchedAreas"
>;

/**
 * Ends work for the sake of a key area: no new arc, and the relay opens at the end of the one in hand.
 * @returns false when it ended by itself meanwhile
 */
export async function endWork(
  ctx: StopContext,
  work: { work_session_id: WorkSessionId; key_area_id: KeyAreaId },
  reason: string,
): Promise<boolean> {
  try {
    await stopWork(ctx, work.work_session_id, "fence");
  } catch (error) {
    if (error instanceof AppError && error.code === "work_session.not_open") return false;
    throw error;
  }
  await ctx.audit.record(ctx.db, {
    actor: "system",
    action: "work_session.stopped",
    subject: `work-session:${work.work_session_id}`,
    details: { reason, keyAreaId: work.key_area_id },
  });
  return true;
}
