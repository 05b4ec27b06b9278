import type {
  ChipId,
  DecisionId,
  EnterpriseId,
  MachineId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import type { AlarmKind, AlarmState } from "@hanyouxu/rules";
import type { AppContext } from "../src/context.ts";
import { buildEnterprise, buildMachine, buildWelder } from "./county.ts";
import type { TestPlatform } from "./platform.ts";

export const near = "330723100" as RegionCode;
export const far = "330723101" as RegionCode;
export const elsewhere = "330702001" as RegionCode;

export interface WorldMachine {
  machineId: MachineId;
  chipId: ChipId;
  enterpriseId: EnterpriseId;
}
export interface StatisticsWorld {
  machines: readonly WorldMachine[];
  welders: readonly WelderId[];
}

/** Two firms with two machines each, in two townships of one county; `people` welders. */
export async function buildStatisticsWorld(app: TestPlatform, people: number): Promise<StatisticsWorld> {
  const { ctx } = app;
  const machines: WorldMachine[] = [];
  for (const [index, region] of [near, far].entries()) {
    const enterpriseId = await buildEnterprise(ctx, { region, name: `演示统计${index}厂` });
    const industry = index === 0 ? "C33" : "E47";
    await ctx.db
      .updateTable("enterprises")
      .set({ industry })
      .where("enterprise_id", "=", enterpriseId)
      .execute();
    for (const process of ["SMAW", "GMAW"] as const) {
      const isMobile = process === "GMAW";
      const { machineId, chip } = await buildMachine(ctx, { enterpriseId, region, process, isMobile });
      machines.push({ machineId, chipId: chip.chipId, enterpriseId });
    }
  }
  const welders: WelderId[] = [];
  for (let count = 0; count < people; count++)
    welders.push((await buildWelder(app, { region: near })).welderId);
  return { machines, welders };
}

export interface NewDecision {
  at: number;
  region: RegionCode;
  machine: WorldMachine;
  welderId: WelderId;
  /** Rules that refused; none: granted. */
  ruleIds?: readonly string[];
}

export async function addDecision(ctx: AppContext, decision: NewDecision): Promise<DecisionId> {
  const decision_id = ctx.newId() as DecisionId;
  const { ruleIds = [] } = decision;
  await ctx.db
    .insertInto("decisions")
    .values({
      decision_id,
      decided_at: new Date(decision.at),
      welder_id: decision.welderId,
      machine_id: decision.machine.machineId,
      region_code: decision.region,
      outcome: ruleIds.length > 0 ? "refuse" : "grant",
      reasons: JSON.stringify(ruleIds.map((ruleId) => ({ kind: "fail", ruleId }))),
      facts: "{}",
      policy: "{}",
      packs_digest: "演示",
      digest: "演示",
    })
    .execute();
  return decision_id;
}

export interface NewSession extends NewDecision {
  /** Absent: the chip never answered. */
  arcMs?: number;
}

/** An ended work session, or a grant that was not used. */
export async function addSession(ctx: AppContext, session: NewSession): Promise<WorkSessionId> {
  const decision_id = await addDecision(ctx, session);
  const work_session_id = ctx.newId() as WorkSessionId;
  const { at, machine, arcMs } = session;
  await ctx.db
    .insertInto("work_sessions")
    .values({
      work_session_id,
      machine_id: machine.machineId,
      chip_id: machine.chipId,
      welder_id: session.welderId,
      enterprise_id: machine.enterpriseId,
      region_code: session.region,
      decision_id,
      status: arcMs === undefined ? "not-started" : "ended",
      idempotency_key: null,
      granted_at: new Date(at),
      accept_by: new Date(at + 60_000),
      expires_at: new Date(at + 3_600_000),
      energised_at: arcMs === undefined ? null : new Date(at + 1_000),
      stop_requested_at: null,
      ended_at: new Date(at + 1_800_000),
      end_reason: null,
      energised_ms: (arcMs ?? 0) * 2,
      arc_ms: arcMs ?? 0,
      energy_kilojoules: Math.round((arcMs ?? 0) / 1_000),
      checkpoint_verified: null,
    })
    .execute();
  return work_session_id;
}

export interface NewAlarm {
  at: number;
  region: RegionCode | null;
  machine: WorldMachine;
  closedAfterMs?: number;
}

export async function addAlarm(ctx: AppContext, alarm: NewAlarm): Promise<string> {
  const alarm_id = ctx.newId();
  const at = new Date(alarm.at);
  const closed_at = alarm.closedAfterMs === undefined ? null : new Date(alarm.at + alarm.closedAfterMs);
  await ctx.db
    .insertInto("alarms")
    .values({
      alarm_id,
      kind: "tamper" as AlarmKind,
      severity: "danger",
      subject_key: `test:${alarm_id}`,
      region_code: alarm.region,
      enterprise_id: alarm.machine.enterpriseId,
      site_owner_enterprise_id: null,
      machine_id: alarm.machine.machineId,
      chip_id: null,
      welder_id: null,
      work_session_id: null,
      clearance_id: null,
      key_area_id: null,
      decision_id: null,
      latitude_degrees: null,
      longitude_degrees: null,
      data: "{}",
      evidence: "[]",
      condition: closed_at ? "cleared" : "active",
      handling: closed_at ? "closed" : "unacknowledged",
      level: 0,
      due_at: null,
      assigned_department: null,
      assigned_person_id: null,
      state: JSON.stringify({} as AlarmState),
      policy_version: "default",
      was_late: false,
      suppression_id: null,
      promoted_to: null,
      merged_into: null,
      raised_count: 1,
      occurred_at: at,
      raised_at: at,
      last_raised_at: at,
      cleared_at: closed_at,
      closed_at,
      act_count: 0,
      changed_at: at,
    })
    .execute();
  return alarm_id;
}
