import {
  type AlarmKind,
  alarmKindTable,
  alarmLimits,
  isAlarmOver,
  openAlarm,
  recordAlarm,
  stepAlarm,
} from "@hanyouxu/rules";
import type { Insertable, Kysely } from "kysely";
import { alarmPolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";
import type { AlarmsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import { levelsAbove } from "../staff-accounts/staff-accounts.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import {
  findSuppression,
  insertActs,
  insertAlarm,
  lockLastingRecords,
  lockOpenAlarm,
  nameSource,
  type StoredAlarm,
  takeSource,
  updateAlarm,
} from "./alarm-queries.ts";
import { alarmAbove, mergeBelow } from "./stand-for.ts";
import { type RaiseContext, storeStep } from "./store-step.ts";
import { tellAlarm } from "./tell-alarm.ts";

const MINUTE_MS = 60_000;

/** What became of a fact; undefined: it was taken in before. */
export type Raised = { alarmId: string; as: "new" | "repeat" | "recorded" } | undefined;

/**
 * Takes in what raises an alarm, once: a new alarm, one more time of the open one or of one that stands for it, or history
 * where it comes too late or within a suppression window. Within the caller's transaction.
 */
export async function raiseAlarm(ctx: RaiseContext, tx: Kysely<Tables>, fact: AlarmFact): Promise<Raised> {
  const nowMs = ctx.clock.nowMs();
  if (!(await takeSource(tx, fact.source, new Date(nowMs)))) return undefined;
  const raised = await takeIn(ctx, tx, fact, nowMs);
  await nameSource(tx, fact.source, raised.alarmId);
  return raised;
}

async function takeIn(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  fact: AlarmFact,
  nowMs: number,
): Promise<NonNullable<Raised>> {
  const stored = fact.region === null ? null : await storedPolicyOf(tx, fact.region, nowMs);
  const policy = alarmPolicyFrom(stored);
  const isLate = nowMs - fact.occurredAtMs > policy.lateMinutes * MINUTE_MS;
  const make = { limits: alarmLimits(fact.kind, policy), policyVersion: policy.version, nowMs };
  if (isLate) return await record(ctx, tx, fact, make, { was_late: true, suppression_id: null });
  const open = await lockOpenAlarm(tx, fact.kind, fact.subjectKey);
  if (open) return await repeat(ctx, tx, open, fact);
  const above = await alarmAbove(tx, fact.kind, fact);
  if (above !== undefined) return { alarmId: above, as: "repeat" };
  const suppressionId = await findSuppression(tx, fact, new Date(nowMs));
  if (suppressionId !== undefined) {
    return await record(ctx, tx, fact, make, { was_late: false, suppression_id: suppressionId });
  }
  const state = openAlarm(fact.kind, make.limits, topLevelOf(fact), nowMs);
  const row = rowOf(ctx, fact, state, make, { was_late: false, suppression_id: null });
  if (await insertAlarm(tx, row)) {
    await firstAct(tx, row, "raised");
    await tellAlarm(ctx, tx, { ...row, region_code: fact.region, level: 0 } as never, [{ kind: "raised" }]);
    await mergeBelow(ctx, tx, row.alarm_id, fact.kind, fact);
    return { alarmId: row.alarm_id, as: "new" };
  }
  // Another server was quicker, and has committed by now.
  const other = await lockOpenAlarm(tx, fact.kind, fact.subjectKey);
  if (!other) throw new Error(`alarm ${fact.kind} of ${fact.subjectKey} was closed while it was raised`);
  return await repeat(ctx, tx, other, fact);
}

const topLevelOf = ({ region }: AlarmFact) => (region === null ? 0 : levelsAbove(region));

interface Make {
  limits: ReturnType<typeof alarmLimits>;
  policyVersion: string;
  nowMs: number;
}

async function repeat(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  open: StoredAlarm,
  fact: AlarmFact,
): Promise<NonNullable<Raised>> {
  const nowMs = ctx.clock.nowMs();
  const stepped = stepAlarm(open.state, { kind: "raised-again" }, nowMs);
  // While it lasts it is only counted: a history of a thousand equal lines hides the others.
  const isNews = open.condition === "cleared" || stepped.state.handling !== open.handling;
  await storeStep(ctx, tx, open, stepped, isNews ? { what: "raised-again" } : undefined, {
    last_raised_at: new Date(nowMs),
    data: JSON.stringify(fact.data),
    evidence: JSON.stringify(mostRecent([...open.evidence, ...fact.evidence])),
  });
  if (isNews) await mergeBelow(ctx, tx, open.alarm_id, fact.kind, fact);
  return { alarmId: open.alarm_id, as: "repeat" };
}

/** The first occurrences and the latest ones: enough to see how it began and goes on. */
function mostRecent<Item>(all: Item[]): Item[] {
  return all.length <= 20 ? all : [...all.slice(0, 10), ...all.slice(-10)];
}

async function record(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  fact: AlarmFact,
  make: Make,
  because: Pick<StoredAlarm, "was_late" | "suppression_id">,
): Promise<NonNullable<Raised>> {
  const lasting = (await lockLastingRecords(tx, fact.kind, fact.subjectKey)).find(
    (row) => row.was_late === because.was_late && row.suppression_id === because.suppression_id,
  );
  if (lasting) {
    await updateAlarm(tx, lasting.alarm_id, {
      raised_count: lasting.raised_count + 1,
      last_raised_at: new Date(make.nowMs),
      changed_at: new Date(make.nowMs),
      data: JSON.stringify(fact.data),
    });
    return { alarmId: lasting.alarm_id, as: "recorded" };
  }
  const state = recordAlarm(fact.kind, make.limits, topLevelOf(fact), make.nowMs);
  // What has no opposite signal is over as soon as it is written down; nobody handles history.
  if (alarmKindTable[fact.kind].clearing !== "signal") state.condition = "cleared";
  const row = rowOf(ctx, fact, state, make, because);
  await insertAlarm(tx, row);
  await firstAct(tx, row, "recorded");
  return { alarmId: row.alarm_id, as: "recorded" };
}

type NewRow = Insertable<AlarmsTable>;

function rowOf(
  ctx: RaiseContext,
  fact: AlarmFact,
  state: ReturnType<typeof openAlarm>,
  { policyVersion, nowMs }: Make,
  because: Pick<StoredAlarm, "was_late" | "suppression_id">,
): NewRow {
  const now = new Date(nowMs);
  return {
    alarm_id: ctx.newId(),
    kind: fact.kind,
    severity: state.severity,
    subject_key: fact.subjectKey,
    region_code: fact.region,
    enterprise_id: fact.enterpriseId ?? null,
    site_owner_enterprise_id: fact.siteOwnerId ?? null,
    machine_id: fact.machineId ?? null,
    chip_id: fact.chipId ?? null,
    welder_id: fact.welderId ?? null,
    work_session_id: fact.workSessionId ?? null,
    clearance_id: fact.clearanceId ?? null,
    key_area_id: fact.keyAreaId ?? null,
    decision_id: fact.decisionId ?? null,
    latitude_degrees: fact.place?.latitudeDegrees ?? null,
    longitude_degrees: fact.place?.longitudeDegrees ?? null,
    data: JSON.stringify(fact.data),
    evidence: JSON.stringify(fact.evidence),
    condition: state.condition,
    handling: state.handling,
    level: 0,
    due_at: state.dueAtMs === null ? null : new Date(state.dueAtMs),
    assigned_department: null,
    assigned_person_id: null,
    state: JSON.stringify(state),
    policy_version: policyVersion,
    ...because,
    raised_count: 1,
    occurred_at: new Date(fact.occurredAtMs),
    raised_at: now,
    last_raised_at: now,
    cleared_at: state.condition === "cleared" ? now : null,
    closed_at: isAlarmOver(state) ? now : null,
    act_count: 1,
    changed_at: now,
  };
}

async function firstAct(tx: Kysely<Tables>, row: NewRow, what: "raised" | "recorded"): Promise<void> {
  const { alarm_id, condition, handling, raised_at: at } = row;
  await insertActs(tx, [
    {
      alarm_id,
      seq: 1,
      at,
      what,
      actor_id: null,
      actor_role: null,
      details: "{}",
      condition,
      handling,
      level: 0,
    },
  ]);
}

/** Its opposite was seen: the open alarm of the kind and subject is cleared, and so is lasting history of it. */
export async function clearAlarm(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  kind: AlarmKind,
  subjectKey: string,
): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  for (const row of await lockLastingRecords(tx, kind, subjectKey)) {
    await updateAlarm(tx, row.alarm_id, { condition: "cleared", cleared_at: now, changed_at: now });
  }
  const open = await lockOpenAlarm(tx, kind, subjectKey);
  if (open?.condition !== "active") return;
  const stepped = stepAlarm(open.state, { kind: "cleared" }, now.getTime());
  await storeStep(ctx, tx, open, stepped, { what: "cleared" });
}
