import { alarmKinds, alarmKindTable, stepAlarm } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { alarmPolicyFrom, policyOfRegion } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import {
  insertActs,
  lockAlarm,
  lockAlarms,
  type StoredAlarm,
  selectDueAlarms,
  selectRecordsToPromote,
  updateAlarms,
} from "./alarm-queries.ts";
import { steppedAlarm } from "./alarm-step.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { clearAlarm, raiseAlarm } from "./raise-alarm.ts";
import type { AlarmContext } from "./store-step.ts";
import { tellAlarms } from "./tell-alarms.ts";

const AT_ONCE = 500;
const ESCALATED_TOGETHER = 100;
/** A chip that has told nothing older for so long has caught up. */
const CAUGHT_UP_MS = 60_000;
const MINUTE_MS = 60_000;

/** Takes alarms that nobody went on with one level further up, at their minute. Several servers may. */
export async function escalateAlarms(ctx: AlarmContext): Promise<void> {
  const due = await selectDueAlarms(ctx.db, new Date(ctx.clock.nowMs()), AT_ONCE);
  const parts: string[][] = [];
  for (let start = 0; start < due.length; start += ESCALATED_TOGETHER) {
    parts.push(due.slice(start, start + ESCALATED_TOGETHER));
  }
  const escalate = (alarmIds: readonly string[]) =>
    inAlarmTransaction(ctx, (tx) => passTime(ctx, tx, alarmIds));
  await eachInTurn(parts, "overdue alarms", async (alarmIds) => {
    // One that cannot be escalated holds up no other.
    await escalate(alarmIds).catch(() =>
      eachInTurn(alarmIds, "overdue alarms", (alarmId) => escalate([alarmId])),
    );
  });
}

async function passTime(ctx: AlarmContext, tx: Kysely<Tables>, alarmIds: readonly string[]): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const escalated = (await lockAlarms(tx, alarmIds)).flatMap((row) => {
    const stepped = stepAlarm(row.state, { kind: "time" }, nowMs);
    if (stepped.news.length === 0) return [];
    return [{ ...steppedAlarm(row, stepped, undefined, new Date(nowMs)), news: stepped.news }];
  });
  await updateAlarms(
    tx,
    escalated.map(({ row }) => row),
  );
  await insertActs(
    tx,
    escalated.flatMap(({ acts }) => acts),
  );
  await tellAlarms(
    ctx,
    tx,
    escalated.map(({ row, news }) => ({ alarm: row, news })),
  );
}

const quietKinds = alarmKinds.filter((kind) => alarmKindTable[kind].clearing === "quiet");

/** Clears alarms that have no opposite signal once they have not come again for so long as their region says. */
export async function clearQuietAlarms(ctx: AlarmContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const rows = await ctx.db
    .selectFrom("alarms as a")
    .select(["a.kind", "a.subject_key", "a.last_raised_at"])
    .select(policyOfRegion(sql.ref("a.region_code"), nowMs).as("policy"))
    .where("a.kind", "in", quietKinds)
    .where("a.condition", "=", "active")
    .where("a.closed_at", "is", null)
    .execute();
  const quiet = rows.filter(({ last_raised_at: at, policy }) => {
    const { quietMinutes } = alarmPolicyFrom(policy);
    return nowMs - at.getTime() >= quietMinutes * MINUTE_MS;
  });
  await eachInTurn(quiet, "quiet alarms", async ({ kind, subject_key }) => {
    await inAlarmTransaction(ctx, (tx) => clearAlarm(ctx, tx, kind, subject_key));
  });
}

/** Raises what was only written down, told late or within a suppression window, and lasts beyond that. */
export async function promoteRecords(ctx: AlarmContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const lasting = await selectRecordsToPromote(ctx.db, {
    now: new Date(nowMs),
    quietSince: new Date(nowMs - CAUGHT_UP_MS),
  });
  await eachInTurn(lasting, "lasting records of alarms", async (alarmId) => {
    await inAlarmTransaction(ctx, async (tx) => {
      const row = await lockAlarm(tx, alarmId);
      if (row?.condition !== "active" || row.promoted_to !== null) return;
      const raised = await raiseAlarm(ctx, tx, promotedFact(row, nowMs));
      // Another window covers it by now: it is written down once more, under that one.
      if (raised)
        await updateAlarms(tx, [{ ...row, promoted_to: raised.alarmId, changed_at: new Date(nowMs) }]);
    });
  });
}

function promotedFact(row: StoredAlarm, nowMs: number): AlarmFact {
  return {
    kind: row.kind,
    subjectKey: row.subject_key,
    source: `promoted:${row.alarm_id}`,
    region: row.region_code,
    enterpriseId: row.enterprise_id,
    siteOwnerId: row.site_owner_enterprise_id,
    machineId: row.machine_id,
    chipId: row.chip_id,
    welderId: row.welder_id,
    workSessionId: row.work_session_id,
    clearanceId: row.clearance_id,
    keyAreaId: row.key_area_id,
    decisionId: row.decision_id,
    place:
      row.latitude_degrees === null || row.longitude_degrees === null
        ? null
        : { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    // It is so now, whenever it began.
    occurredAtMs: nowMs,
    data: row.data,
    evidence: row.evidence,
  };
}
