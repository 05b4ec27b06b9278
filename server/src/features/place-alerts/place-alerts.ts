import type { AppContext } from "../../context.ts";
import { notify } from "../notifications/notifications.ts";
import { endWork, type StopContext } from "./end-work.ts";
import {
  type CarriedWork,
  markTold,
  selectCarriedWork,
  selectUntoldEntries,
  setStopDue,
  type UntoldEntry,
} from "./queries.ts";

const AT_ONCE = 200;
/** What a chip tells of later, from when it had no network, is history by then. */
const NEWS_FOR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Tells the welder at work and the owner's officers that a machine has come into a key area, once each. */
export async function tellOfEntries(ctx: Pick<AppContext, "db" | "clock" | "newId">): Promise<void> {
  for (;;) {
    const entries = await selectUntoldEntries(ctx.db, AT_ONCE);
    if (entries.length === 0) return;
    const nowMs = ctx.clock.nowMs();
    await ctx.db.transaction().execute(async (tx) => {
      const news = entries.filter(({ at }) => nowMs - at.getTime() <= NEWS_FOR_MS);
      await notify(ctx, tx, news.flatMap(noticesOf));
      await markTold(tx, entries, new Date(nowMs));
    });
    if (entries.length < AT_ONCE) return;
  }
}

function noticesOf(entry: UntoldEntry) {
  return entry.person_ids.map((personId) => ({
    personId,
    kind: "key-area-entered" as const,
    data: {
      machineId: entry.machine_id,
      machine: entry.machine_name,
      keyAreaId: entry.key_area_id,
      area: entry.area_name,
      workSessionId: entry.work_session_id,
    },
    dedupKey: `key-area-entered:${entry.machine_id}:${entry.key_area_id}:${entry.at.getTime()}:${personId}`,
  }));
}

/**
 * Work that was carried into a key area: its welder is told by when it ends, and then it does: no new arc, and the relay
 * opens at the end of the one in hand. The deadline is stored, so that it holds whichever server looks.
 */
export async function endCarriedWork(ctx: StopContext): Promise<number> {
  let ended = 0;
  for (const work of await selectCarriedWork(ctx.db)) {
    const nowMs = ctx.clock.nowMs();
    const area = ctx.watchedAreas.inForce(work.key_area_id, nowMs);
    if (!area) continue;
    const { demands, graceMinutes } = area.policy;
    if (!demands.permit && !demands.sceneCheck && !demands.fireWatch) continue;
    const dueAt = work.stop_due_at ?? (await warn(ctx, work, nowMs, graceMinutes));
    if (dueAt && dueAt.getTime() <= nowMs && (await endWork(ctx, work, "in a key area without a clearance")))
      ended++;
  }
  return ended;
}

async function warn(
  ctx: StopContext,
  work: CarriedWork,
  nowMs: number,
  graceMinutes: number,
): Promise<Date | undefined> {
  const dueAt = new Date(nowMs + graceMinutes * MINUTE_MS);
  const isSet = await ctx.db.transaction().execute(async (tx) => {
    if (!(await setStopDue(tx, work, dueAt))) return false;
    await notify(ctx, tx, [
      {
        personId: work.person_id,
        kind: "key-area-work-ends",
        data: { ...dataOf(work), minutes: graceMinutes, at: dueAt.toISOString() },
        dedupKey: `key-area-work-ends:${work.work_session_id}:${work.key_area_id}`,
      },
    ]);
    return true;
  });
  return isSet ? dueAt : undefined;
}

function dataOf(work: CarriedWork) {
  return {
    machineId: work.machine_id,
    machine: work.machine_name,
    keyAreaId: work.key_area_id,
    area: work.area_name,
    workSessionId: work.work_session_id,
  };
}

export { endForbiddenWork } from "./forbidden-work.ts";
