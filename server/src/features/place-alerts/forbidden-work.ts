import { keyAreasForbidFromMs } from "@hanyouxu/rules";
import { notify } from "../notifications/notifications.ts";
import { factsOfArea } from "../places/places.ts";
import { endWork, type StopContext } from "./end-work.ts";
import {
  dropForbiddenEnd,
  selectForbiddenEnds,
  selectWorkInAreas,
  setForbiddenEnd,
  type WorkInArea,
} from "./forbidden-queries.ts";

const MINUTE_MS = 60_000;

interface WorkAndArea {
  work: WorkInArea;
  area: string;
  graceMinutes: number;
}

/**
 * Work at a place where hot work is forbidden meanwhile, cleared or not: a special period or opening hours were set, or have
 * come. Welder and firm are told a grace ahead, and then it ends as work carried into an area does. What was set back in
 * time ends nothing. The deadline is stored, so that it holds whichever server looks.
 */
export async function endForbiddenWork(ctx: StopContext): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  const ends = new Map((await selectForbiddenEnds(ctx.db)).map((end) => [keyOf(end), end]));
  let ended = 0;
  for (const work of await selectWorkInAreas(ctx.db)) {
    const forbidden = whereForbidden(ctx, work, nowMs);
    if (!forbidden) continue;
    const known = ends.get(keyOf(work));
    ends.delete(keyOf(work));
    const dueAt = known?.due_at ?? (await warn(ctx, forbidden, nowMs));
    if (dueAt && dueAt.getTime() <= nowMs && (await endWork(ctx, work, "hot work is forbidden there now"))) {
      ended++;
    }
  }
  // Allowed again, left, or over: should it be forbidden once more, there is a grace once more.
  for (const end of ends.values()) await dropForbiddenEnd(ctx.db, end);
  return ended;
}

function keyOf({ work_session_id, key_area_id }: Pick<WorkInArea, "work_session_id" | "key_area_id">) {
  return `${work_session_id}/${key_area_id}`;
}

/** Undefined where hot work is allowed until the grace is over. */
function whereForbidden(ctx: StopContext, work: WorkInArea, nowMs: number): WorkAndArea | undefined {
  const area = ctx.watchedAreas.inForce(work.key_area_id, nowMs);
  if (!area) return undefined;
  const { graceMinutes } = area.policy;
  const keyAreas = [factsOfArea(area, "inside", nowMs)];
  const fromMs = keyAreasForbidFromMs({ keyAreas }, nowMs, nowMs + graceMinutes * MINUTE_MS);
  return fromMs === null ? undefined : { work, area: area.name, graceMinutes };
}

async function warn(
  ctx: StopContext,
  { work, area, graceMinutes }: WorkAndArea,
  nowMs: number,
): Promise<Date | undefined> {
  const dueAt = new Date(nowMs + graceMinutes * MINUTE_MS);
  const isSet = await ctx.db.transaction().execute(async (tx) => {
    if (!(await setForbiddenEnd(tx, work, dueAt))) return false;
    await notify(
      ctx,
      tx,
      work.person_ids.map((personId) => ({
        personId,
        kind: "key-area-work-forbidden",
        data: {
          machineId: work.machine_id,
          machine: work.machine_name,
          keyAreaId: work.key_area_id,
          area,
          workSessionId: work.work_session_id,
          minutes: graceMinutes,
          at: dueAt.toISOString(),
        },
        dedupKey: `key-area-work-forbidden:${keyOf(work)}:${nowMs}:${personId}`,
      })),
    );
    return true;
  });
  return isSet ? dueAt : undefined;
}
