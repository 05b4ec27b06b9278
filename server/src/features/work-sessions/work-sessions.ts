import type { ChipEvent, ChipId, CommandResult, WorkSessionId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { sendCommand } from "../commands/commands.ts";
import { verifyCheckpoint } from "./checkpoint.ts";
import {
  closeLost,
  closeOtherGranted,
  closeUnanswered,
  selectWorkSessions,
  updateWorkSession,
} from "./queries.ts";

/** Takes what an event says of a work session; events come in order and once. Returns the sessions that changed. */
export async function applySessionEvent(
  tx: Kysely<Tables>,
  chip: { chipId: ChipId; spki: Uint8Array },
  event: ChipEvent,
  occurredAtMs: number,
): Promise<WorkSessionId[]> {
  const at = new Date(occurredAtMs);
  switch (event.kind) {
    case "energised": {
      const { workSessionId } = event.data;
      // The chip is the judge of what runs: a grant given up as unanswered may have been taken after all.
      const superseded = await closeOtherGranted(tx, workSessionId, at);
      const changed = await updateWorkSession(tx, workSessionId, ["granted", "not-started"], {
        status: "energised",
        energised_at: at,
        ended_at: null,
        end_reason: null,
      });
      return changed ? [...superseded, workSessionId] : superseded;
    }
    case "arc-summary": {
      const { workSessionId } = event.data;
      const changed = await updateWorkSession(tx, workSessionId, ["energised"], totalsOf(event.data));
      return changed ? [workSessionId] : [];
    }
    case "de-energised": {
      const { workSessionId, reason } = event.data;
      const changed = await updateWorkSession(tx, workSessionId, ["granted", "energised", "not-started"], {
        ...totalsOf(event.data),
        status: "ended",
        ended_at: at,
        end_reason: reason,
      });
      return changed ? [workSessionId] : [];
    }
    case "checkpoint": {
      const { workSessionId } = event.data;
      const changed = await updateWorkSession(tx, workSessionId, ["ended"], {
        checkpoint_verified: verifyCheckpoint(chip, event),
      });
      return changed ? [workSessionId] : [];
    }
    default:
      return [];
  }
}

function totalsOf(data: Extract<ChipEvent, { kind: "arc-summary" }>["data"]) {
  return {
    energised_ms: data.energisedMs,
    arc_ms: data.arcMs,
    arc_count: data.arcCount,
    energy_kilojoules: data.energyKilojoules,
    peak_deciamps: data.peakDeciamps,
  };
}

/** The chip did not take the grant: the session never started, for the chip's reason. */
export async function applyGrantRefusal(
  tx: Kysely<Tables>,
  workSessionId: WorkSessionId,
  result: CommandResult,
  atMs: number,
): Promise<boolean> {
  return await updateWorkSession(tx, workSessionId, ["granted"], {
    status: "not-started",
    ended_at: new Date(atMs),
    end_reason: result,
  });
}

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

/**
 * Ends sessions that nothing will end any more: the grant is long over and the chip, heard since, holds its relay
 * open, so its own record of the end must have been lost with its memory.
 */
export async function closeLostSessions(
  ctx: Pick<AppContext, "db" | "clock" | "changes" | "log">,
): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const closed = await closeLost(ctx.db, new Date(nowMs), new Date(nowMs - LOST_AFTER_MS));
  if (closed.length > 0) ctx.log.warn({ workSessionIds: closed }, "sessions ended without the chip's record");
  ctx.changes.announce(closed);
}

/**
 * Asks the chip to end a session. The session ends when the chip says that its relay is open.
 * @throws AppError work_session.not_found | work_session.not_open
 */
export async function stopWork(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "keys" | "broker" | "changes" | "metrics" | "log">,
  workSessionId: WorkSessionId,
): Promise<string> {
  const [session] = await selectWorkSessions(ctx.db, { workSessionId }, 1, 0);
  if (!session) throw new AppError("work_session.not_found");
  const isOpen = await updateWorkSession(ctx.db, workSessionId, ["granted", "energised"], {
    stop_requested_at: new Date(ctx.clock.nowMs()),
  });
  if (!isOpen) throw new AppError("work_session.not_open");
  const commandId = await sendCommand(
    ctx,
    session.chip_id,
    { kind: "revoke", workSessionId, reason: "stopped" },
    { workSessionId },
  );
  ctx.changes.announce([workSessionId]);
  return commandId;
}

export {
  countWorkSessions,
  selectWorkSessions,
  type WorkSessionFilter,
  type WorkSessionRow,
} from "./queries.ts";
export { authenticCode } from "./start-work.ts";
export { workSessionOf } from "./work-session-view.ts";
