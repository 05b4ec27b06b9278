import type { ChipEvent, ChipId, CommandResult, WorkSessionId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { verifyCheckpoint } from "./checkpoint.ts";
import { updateWorkSession } from "./queries.ts";
import {
  closeOthersOfChip,
  markEnded,
  markEnergised,
  saveCheckpoint,
  saveTotals,
} from "./session-event-queries.ts";

/**
 * Takes what a chip's event says of its own work session; events come in order and once. Returns the sessions that
 * changed.
 */
export async function applySessionEvent(
  tx: Kysely<Tables>,
  chip: { chipId: ChipId; spki: Uint8Array },
  event: ChipEvent,
  occurredAtMs: number,
): Promise<WorkSessionId[]> {
  const at = new Date(occurredAtMs);
  switch (event.kind) {
    case "energised": {
      const session = { ...event.data, chipId: chip.chipId };
      const others = await closeOthersOfChip(tx, session, at);
      return changedWhen(await markEnergised(tx, session, at), event.data.workSessionId, others);
    }
    case "arc-summary": {
      const { workSessionId, ...totals } = event.data;
      return changedWhen(await saveTotals(tx, { workSessionId, chipId: chip.chipId }, totals), workSessionId);
    }
    case "de-energised": {
      const { workSessionId, reason, ...totals } = event.data;
      const session = { workSessionId, chipId: chip.chipId };
      return changedWhen(await markEnded(tx, session, reason, totals, at), workSessionId);
    }
    case "checkpoint": {
      const { workSessionId } = event.data;
      const session = { workSessionId, chipId: chip.chipId };
      return changedWhen(await saveCheckpoint(tx, session, verifyCheckpoint(chip, event)), workSessionId);
    }
    default:
      return [];
  }
}

function changedWhen(
  isChanged: boolean,
  workSessionId: WorkSessionId,
  others: readonly WorkSessionId[] = [],
): WorkSessionId[] {
  return isChanged ? [...others, workSessionId] : [...others];
}

/**
 * The chip was told to end a session that it does not know, with its relay open: it never started or has ended
 * already. Should the chip's own record of it come after all, that one holds.
 */
export async function applyUnknownSession(
  tx: Kysely<Tables>,
  workSessionId: WorkSessionId,
  atMs: number,
): Promise<boolean> {
  const ended_at = new Date(atMs);
  return (
    (await updateWorkSession(tx, workSessionId, ["granted"], {
      status: "not-started",
      ended_at,
      end_reason: "stopped",
    })) ||
    (await updateWorkSession(tx, workSessionId, ["energised"], {
      status: "ended",
      ended_at,
      end_reason: "record-lost",
    }))
  );
}

/** The chip did not take the grant: the session never started, for the chip's reason. */
export async function applyGrantRefusal(
  tx: Kysely<Tables>,
  workSessionId: WorkSessionId,
  result: CommandResult,
  atMs: number,
  readyInSeconds: number | null = null,
): Promise<boolean> {
  return await updateWorkSession(tx, workSessionId, ["granted"], {
    status: "not-started",
    ended_at: new Date(atMs),
    end_reason: result,
    retry_at: readyInSeconds === null ? null : new Date(atMs + readyInSeconds * 1000),
  });
}
