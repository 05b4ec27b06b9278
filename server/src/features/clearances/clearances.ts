import type { WorkSessionId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { AppError } from "../../errors.ts";
import { stopWork } from "../work-sessions/work-sessions.ts";
import { selectDue, selectEndedWork, selectOwedStops, updateClearance } from "./queries.ts";
import { type EventContext, takeEvent } from "./take-event.ts";

const AT_ONCE = 200;
const CLEARANCES = "clearances";

/** Lets time pass in every clearance that something falls due in. Call it every second. */
export async function passClearanceTime(ctx: EventContext): Promise<number> {
  const due = await selectDue(ctx.db, new Date(ctx.clock.nowMs()), AT_ONCE);
  await eachInTurn(due, CLEARANCES, (clearanceId) =>
    takeEvent(ctx, { clearanceId, event: { kind: "time" }, actor: null }),
  );
  return due.length;
}

type StopContext = EventContext &
  Pick<AppContext, "random" | "keys" | "broker" | "changes" | "metrics" | "log">;

/** Tells clearances which of their sessions have ended, and chips which must not strike new arcs. */
export async function followClearedWork(ctx: StopContext): Promise<void> {
  await eachInTurn(
    await selectOwedStops(ctx.db, AT_ONCE),
    CLEARANCES,
    async ({ clearance_id, work_session_id }) => {
      await stopAtChip(ctx, work_session_id);
      await updateClearance(ctx.db, clearance_id, { must_stop: false });
    },
  );
  await eachInTurn(
    await selectEndedWork(ctx.db, AT_ONCE),
    CLEARANCES,
    async ({ clearance_id, work_session_id }) => {
      const event = { kind: "session-ended", workSessionId: work_session_id } as const;
      await takeEvent(ctx, { clearanceId: clearance_id, event, actor: null });
    },
  );
}

async function stopAtChip(ctx: StopContext, workSessionId: WorkSessionId): Promise<void> {
  try {
    await stopWork(ctx, workSessionId);
  } catch (error) {
    // It ended by itself meanwhile.
    if (!(error instanceof AppError && error.code === "work_session.not_open")) throw error;
  }
}

export { askSceneProgram } from "./ask-scene-program.ts";
export { clearanceEvidence } from "./clearance-evidence.ts";
export { clearanceGate, permitListener } from "./gate.ts";
export { countScenes } from "./scene-queries.ts";
export { countCalls } from "./station-queries.ts";
export { takeEvent } from "./take-event.ts";
