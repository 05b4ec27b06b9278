import type { DecisionId, EnterpriseId, MachineId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type AlarmKind, alarmingStartRules, type ReasonData } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { alarmPolicyFrom, policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import type { AlarmContext } from "./store-step.ts";

/** Older ones were looked at, unless no server ran; then they are history. */
const LOOK_BACK_MS = 60 * 60_000;
const MINUTE_MS = 60_000;

interface RefusedStart {
  decision_id: DecisionId;
  decided_at: Date;
  welder_id: WelderId;
  machine_id: MachineId;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  reasons: { ruleId: string; data: ReasonData }[];
  policy: StoredPolicy | null;
  /** Of the same welder, within the time that his region's policy says. */
  refusals: Date[];
}

/** Raises what refused starts tell of: scans from afar, expired certificates, refusals one after another. */
export async function followRefusedStarts(ctx: AlarmContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const starts = await selectRefusedStarts(ctx.db, new Date(nowMs - LOOK_BACK_MS), nowMs);
  await eachInTurn(starts, "refused starts", async (start) => {
    await inAlarmTransaction(ctx, async (tx) => {
      for (const fact of factsOf(start)) await raiseAlarm(ctx, tx, fact);
      await markSeen(tx, start.decision_id, new Date(nowMs));
    });
  });
}

function factsOf(start: RefusedStart): AlarmFact[] {
  const welder = `welder:${start.welder_id}`;
  const facts = start.reasons.flatMap(({ ruleId, data }) => {
    const kind = Object.hasOwn(alarmingStartRules, ruleId) ? alarmingStartRules[ruleId] : undefined;
    return kind ? [factOf(start, kind, welder, data)] : [];
  });
  const { repeatedRefusals, repeatedRefusalsMinutes } = alarmPolicyFrom(start.policy);
  const sinceMs = start.decided_at.getTime() - repeatedRefusalsMinutes * MINUTE_MS;
  const refusals = start.refusals.filter((at) => at.getTime() > sinceMs).length;
  if (refusals < repeatedRefusals) return facts;
  return [
    ...facts,
    factOf(start, "repeated-refusals", welder, { refusals, minutes: repeatedRefusalsMinutes }),
  ];
}

function factOf(start: RefusedStart, kind: AlarmKind, subjectKey: string, data: ReasonData): AlarmFact {
  const atMs = start.decided_at.getTime();
  return {
    kind,
    subjectKey,
    source: `decision:${start.decision_id}:${kind}`,
    region: start.region_code,
    enterpriseId: start.enterprise_id,
    machineId: start.machine_id,
    welderId: start.welder_id,
    decisionId: start.decision_id,
    occurredAtMs: atMs,
    data,
    evidence: [evidenceRef("decision", start.decision_id, atMs)],
  };
}

const seenSource = (decisionId: string) => `decision:${decisionId}:seen`;

/** Refused starts that were not looked at yet, the oldest first. */
async function selectRefusedStarts(db: Kysely<Tables>, since: Date, nowMs: number): Promise<RefusedStart[]> {
  const { rows } = await sql<Omit<RefusedStart, "refusals"> & { refusals: string[] }>`
    select d.decision_id, d.decided_at, d.welder_id, d.machine_id, d.region_code, m.enterprise_id, d.reasons,
           ${policyOfRegion(sql.ref("d.region_code"), nowMs)} as policy,
           coalesce((select jsonb_agg(o.decided_at) from decisions o
                     where o.welder_id = d.welder_id and o.outcome <> 'grant' and o.decided_at <= d.decided_at
                       and o.decided_at > ${since}), '[]') as refusals
    from decisions d
    join machines m using (machine_id)
    where d.outcome <> 'grant' and d.decided_at > ${since}
      and not exists (select from alarm_sources s where s.source = 'decision:' || d.decision_id || ':seen')
    order by d.decided_at
    limit 200`.execute(db);
  return rows.map((row) => ({ ...row, refusals: row.refusals.map((at) => new Date(at)) }));
}

async function markSeen(tx: Kysely<Tables>, decisionId: string, at: Date): Promise<void> {
  await tx
    .insertInto("alarm_sources")
    .values({ source: seenSource(decisionId), alarm_id: null, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
