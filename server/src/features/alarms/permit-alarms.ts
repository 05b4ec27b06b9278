import { type AlarmPolicy, type PermitOfWork, type PermitProblem, permitProblem } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { aboutWork, selectWorkUnderPower, type WorkUnderPower } from "./open-work.ts";
import { selectWorkInKeyAreas, type WorkInKeyArea } from "./permit-queries.ts";
import type { AlarmContext } from "./store-step.ts";

const MINUTE_MS = 60_000;

export type AreaAlarmContext = AlarmContext & Pick<AppContext, "watchedAreas">;

/** Work under power in a key area that wants a permit, which none covers: one alarm a session and area. */
export async function selectWorkOutsidePermit(ctx: AreaAlarmContext): Promise<AlarmFact[]> {
  const nowMs = ctx.clock.nowMs();
  const inAreas = (await selectWorkInKeyAreas(ctx.db)).filter(
    ({ key_area_id }) => ctx.watchedAreas.inForce(key_area_id, nowMs)?.policy.demands.permit,
  );
  if (inAreas.length === 0) return [];
  const works = new Map((await selectWorkUnderPower(ctx)).map((work) => [work.work_session_id, work]));
  return inAreas.flatMap((at) => {
    const work = works.get(at.work_session_id);
    if (!work) return [];
    const problem = problemOf(work, at, alarmPolicyFrom(work.policy), nowMs);
    return problem ? [factOf(work, at, problem, nowMs)] : [];
  });
}

function problemOf(
  work: WorkUnderPower,
  { is_cleared, since, stop_due_at, permit }: WorkInKeyArea,
  { permitGraceMinutes }: AlarmPolicy,
  nowMs: number,
): PermitProblem | undefined {
  // What is carried in may go on for the grace of the area; then it is stopped, and ends the weld in hand.
  const mayEndUntilMs = (stop_due_at?.getTime() ?? nowMs) + permitGraceMinutes * MINUTE_MS;
  if (!is_cleared && (since === null || stop_due_at === null || nowMs < mayEndUntilMs)) return undefined;
  const asked = { machineId: work.machine_id, welderId: work.welder_id };
  return permitProblem(asked, permit ? permitOf(permit) : undefined, permitGraceMinutes, nowMs);
}

function permitOf(permit: NonNullable<WorkInKeyArea["permit"]>): PermitOfWork {
  const msOf = (at: string | null) => (at === null ? null : Date.parse(at));
  const { status } = permit;
  return {
    status: status === "approved" || status === "suspended" || status === "expired" ? status : "ended",
    statusSinceMs: msOf(permit.statusChangedAt),
    validFromMs: msOf(permit.validFrom),
    validToMs: msOf(permit.validTo),
    machineId: permit.machineId,
    welderId: permit.welderId,
  };
}

function factOf(
  work: WorkUnderPower,
  { key_area_id }: WorkInKeyArea,
  problem: PermitProblem,
  nowMs: number,
): AlarmFact {
  const id = `${work.work_session_id}:${key_area_id}`;
  return {
    ...aboutWork(work),
    kind: "work-outside-permit",
    subjectKey: `work:${id}`,
    source: `permit:${id}:${problem}`,
    keyAreaId: key_area_id,
    occurredAtMs: nowMs,
    data: { permitProblem: problem },
    evidence: [
      evidenceRef("work-session", work.work_session_id, nowMs),
      evidenceRef("key-area", key_area_id, nowMs),
      ...(work.clearance_id === null ? [] : [evidenceRef("clearance", work.clearance_id, nowMs)]),
    ],
  };
}
