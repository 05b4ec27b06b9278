import { applySessionEvent } from "../../features/work-sessions/work-sessions.ts";
import type { Step } from "../steps.ts";

/** Carries work sessions forward by the chip's events: energised → arc totals → ended → checkpoint. */
export const advanceSessions: Step = async (_ctx, tx, batch) => {
  for (const { chipId, event, occurredAtMs } of batch.events) {
    const changed = await applySessionEvent(tx, batch.chips.get(chipId)!, event, occurredAtMs);
    for (const workSessionId of changed) batch.changedSessions.add(workSessionId);
  }
};
