import type { WorkSessionId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendCommand } from "../commands/commands.ts";
import { closeLost, closeUnanswered, requestStop, selectWorkSessions } from "./queries.ts";

/** A chip may answer just before its deadline and be heard later; only then is silence an answer. */
const ANSWER_GRACE_MS = 10_000;

/** Gives up grants that nobody answered, so that the machine is free again. Call it every few seconds. */
export async function closeUnansweredSessions(
  ctx: Pick<AppContext, "db" | "clock" | "changes">,
): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  const closed = await closeUnanswered(ctx.db, new Date(nowMs), new Date(nowMs - ANSWER_GRACE_MS));
  ctx.changes.announce(closed);
  return closed.length;
}

/** So long after its last possible second a session whose chip reports an open relay cannot be running. */
const LOST_AFTER_MS = 15 * 60_000;

/** After this long without a word the chip is taken for dead, so that its machine can be used with another. */
const DEAD_AFTER_MS = 24 * 3_600_000;

/**
 * Ends sessions that nothing will end any more: the grant is long over, so the chip has opened its relay by itself,
 * and it says so, has died or is no longer believed. Should its own record of the end come after all, that one holds.
 */
export async function closeLostSessions(
  ctx: Pick<AppContext, "db" | "clock" | "changes" | "log">,
): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const closed = await closeLost(ctx.db, new Date(nowMs), {
    expiredBefore: new Date(nowMs - LOST_AFTER_MS),
    silentSince: new Date(nowMs - DEAD_AFTER_MS),
  });
  if (closed.length > 0) ctx.log.warn({ workSessionIds: closed }, "sessions ended without the chip's record");
  ctx.changes.announce(closed);
}

/**
 * Asks the chip to end a session, without cutting a weld. The session ends when the chip says that its relay is open.
 * @throws AppError work_session.not_found | work_session.not_open
 */
export async function stopWork(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "keys" | "broker" | "changes" | "metrics" | "log">,
  workSessionId: WorkSessionId,
  reason: "stopped" | "fence" = "stopped",
): Promise<string> {
  const chipId = await requestStop(ctx.db, workSessionId, new Date(ctx.clock.nowMs()));
  if (!chipId) {
    const [session] = await selectWorkSessions(ctx.db, { workSessionId }, 1, 0);
    throw new AppError(session ? "work_session.not_open" : "work_session.not_found");
  }
  const commandId = await sendCommand(
    ctx,
    chipId,
    { kind: "revoke", workSessionId, reason },
    { workSessionId },
  );
  ctx.changes.announce([workSessionId]);
  return commandId;
}

export { verifyCheckpoint } from "./checkpoint.ts";
export {
  countWorkSessions,
  selectWorkSessions,
  type WorkSessionFilter,
  type WorkSessionRow,
} from "./queries.ts";
export { applyGrantRefusal, applySessionEvent, applyUnknownSession } from "./session-events.ts";
export { workSessionOf } from "./work-session-view.ts";
