import type { WelderId } from "@hanyouxu/protocol";
import { shanghaiDay, shanghaiDayStartMs, type WorkSpan, workOfDay } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { aboutWork, selectWorkUnderPower, type WorkUnderPower } from "./open-work.ts";
import type { AlarmContext } from "./store-step.ts";

const HOUR_MS = 3_600_000;
/** No grant lasts longer. */
const LONGEST_MS = 48 * HOUR_MS;

/** Work under power for longer than the region's hours. */
export async function selectLongSessions(ctx: AlarmContext): Promise<AlarmFact[]> {
  const nowMs = ctx.clock.nowMs();
  return (await selectWorkUnderPower(ctx)).flatMap((work) => {
    const { sessionHours } = alarmPolicyFrom(work.policy);
    const forMs = nowMs - work.energised_at.getTime();
    if (forMs < sessionHours * HOUR_MS) return [];
    const subject = `work-session:${work.work_session_id}`;
    return [
      factOf(work, "over-time", subject, `over-time:${work.work_session_id}`, nowMs, { workedMs: forMs }),
    ];
  });
}

/** Welders at work who have worked, or welded, more hours on this day than the region's policy says. */
export async function selectLongDays(ctx: AlarmContext): Promise<AlarmFact[]> {
  const nowMs = ctx.clock.nowMs();
  // Of several machines of one welder the first.
  const works = new Map((await selectWorkUnderPower(ctx)).toReversed().map((work) => [work.welder_id, work]));
  const today = shanghaiDay(nowMs);
  const spans = await selectSpans(ctx.db, [...works.keys()], new Date(shanghaiDayStartMs(today)));
  return [...works.values()].flatMap((work) => {
    const { workHoursPerDay, arcHoursPerDay } = alarmPolicyFrom(work.policy);
    const { workedMs, arcMs } = workOfDay(spans.get(work.welder_id) ?? [], nowMs);
    if (workedMs <= workHoursPerDay * HOUR_MS && arcMs <= arcHoursPerDay * HOUR_MS) return [];
    const source = `over-hours:${work.welder_id}:${today}:${work.work_session_id}`;
    return [factOf(work, "over-hours", `welder:${work.welder_id}`, source, nowMs, { workedMs, arcMs })];
  });
}

function factOf(
  work: WorkUnderPower,
  kind: "over-time" | "over-hours",
  subjectKey: string,
  source: string,
  nowMs: number,
  data: AlarmFact["data"],
): AlarmFact {
  const evidence = [evidenceRef("work-session", work.work_session_id, nowMs)];
  return { ...aboutWork(work), kind, subjectKey, source, occurredAtMs: nowMs, data, evidence };
}

/** Time under power of some welders since an instant, and what reaches over it. */
async function selectSpans(
  db: Kysely<Tables>,
  welderIds: readonly WelderId[],
  since: Date,
): Promise<ReadonlyMap<WelderId, WorkSpan[]>> {
  if (welderIds.length === 0) return new Map();
  const { rows } = await sql<{
    welder_id: WelderId;
    energised_at: Date;
    ended_at: Date | null;
    arc_ms: number;
  }>`
    select welder_id, energised_at, ended_at, arc_ms
    from work_sessions
    where welder_id = any(${[...welderIds]}::uuid[]) and energised_at is not null
      and granted_at > ${new Date(since.getTime() - LONGEST_MS)}
      and status in ('energised', 'ended') and coalesce(ended_at, 'infinity') > ${since}`.execute(db);
  const spans = new Map<WelderId, WorkSpan[]>();
  for (const { welder_id, energised_at, ended_at, arc_ms } of rows) {
    const span = { fromMs: energised_at.getTime(), toMs: ended_at?.getTime() ?? null, arcMs: arc_ms };
    spans.set(welder_id, [...(spans.get(welder_id) ?? []), span]);
  }
  return spans;
}
