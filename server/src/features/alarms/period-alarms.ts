import { type AlarmPolicy, isNight, keyAreasForbidFromMs, shanghaiDay } from "@hanyouxu/rules";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import { factsOfArea } from "../places/places.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { aboutWork, selectWorkUnderPower, type WorkUnderPower } from "./open-work.ts";
import type { AreaAlarmContext } from "./permit-alarms.ts";
import { selectWorkInKeyAreas, type WorkInKeyArea } from "./permit-queries.ts";

const MINUTE_MS = 60_000;

/** Work at night where the policy watches it, and work in a period in which there should be none. */
export async function selectWorkInPeriods(ctx: AreaAlarmContext): Promise<AlarmFact[]> {
  const nowMs = ctx.clock.nowMs();
  const works = await selectWorkUnderPower(ctx);
  const inAreas = works.length === 0 ? [] : await selectWorkInKeyAreas(ctx.db);
  return works.flatMap((work) => {
    const policy = alarmPolicyFrom(work.policy);
    const areas = inAreas.filter(({ work_session_id }) => work_session_id === work.work_session_id);
    const forbidding = areas.find((area) => isForbidden(ctx, area, policy, nowMs));
    const facts: AlarmFact[] = [];
    if (forbidding || policy.specialDays.includes(shanghaiDay(nowMs))) {
      facts.push(factOf(work, "special-period-work", forbidding, nowMs));
    }
    const isWatched =
      policy.nightWork === "everywhere" || (policy.nightWork === "key-areas" && areas.length > 0);
    if (isWatched && isNight(policy, nowMs)) facts.push(factOf(work, "night-work", areas[0], nowMs));
    return facts;
  });
}

/** Forbidden now, and not just so: the work is stopped when its grace is over, and ends the weld in hand. */
function isForbidden(
  { watchedAreas }: AreaAlarmContext,
  { key_area_id, forbidden_due_at }: WorkInKeyArea,
  { permitGraceMinutes }: AlarmPolicy,
  nowMs: number,
): boolean {
  const area = watchedAreas.inForce(key_area_id, nowMs);
  if (!area) return false;
  const keyAreas = [factsOfArea(area, "inside", nowMs)];
  if (keyAreasForbidFromMs({ keyAreas }, nowMs, nowMs) === null) return false;
  return nowMs >= (forbidden_due_at?.getTime() ?? nowMs) + permitGraceMinutes * MINUTE_MS;
}

function factOf(
  work: WorkUnderPower,
  kind: "special-period-work" | "night-work",
  area: WorkInKeyArea | undefined,
  nowMs: number,
): AlarmFact {
  const subject = `work-session:${work.work_session_id}`;
  return {
    ...aboutWork(work),
    kind,
    subjectKey: subject,
    source: `${kind}:${work.work_session_id}:${shanghaiDay(nowMs)}`,
    keyAreaId: area?.key_area_id ?? null,
    occurredAtMs: nowMs,
    data: {},
    evidence: [
      evidenceRef("work-session", work.work_session_id, nowMs),
      ...(area ? [evidenceRef("key-area", area.key_area_id, nowMs)] : []),
    ],
  };
}
