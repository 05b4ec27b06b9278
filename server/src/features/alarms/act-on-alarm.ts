import { type AlarmAct, isAlarmOver, stepAlarm } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { AlarmActDetails } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { requireEvidence } from "../evidence/evidence.ts";
import type { AlarmActor } from "./alarm-fact.ts";
import { lockAlarm, lockOpenAlarms, type StoredAlarm } from "./alarm-queries.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { insertLink } from "./link-queries.ts";
import { type AlarmContext, storeStep } from "./store-step.ts";

export type ActContext = AlarmContext & Pick<AppContext, "audit" | "personalData">;

/**
 * Takes one act about an alarm, with what is said, in one transaction.
 * @throws AppError alarm.not_found | alarm.…, the state machine's word for why | alarm.open_again | evidence.…
 */
export async function actOnAlarm(
  ctx: ActContext,
  alarmId: string,
  act: AlarmAct,
  actor: AlarmActor,
  details: AlarmActDetails = {},
): Promise<void> {
  await inAlarmTransaction(ctx, async (tx) => {
    const row = await requireLocked(tx, alarmId);
    await takeEvidence(ctx, tx, row, actor, details);
    const stepped = stepAlarm(row.state, { ...act, by: actor.personId }, ctx.clock.nowMs());
    if (stepped.refusal) throw new AppError(`alarm.${stepped.refusal}`);
    // A closed one opens again only while no other has taken its place.
    if (act.kind === "reopen" && isAlarmOver(row.state)) {
      const [other] = await lockOpenAlarms(tx, [{ kind: row.kind, subjectKey: row.subject_key }]);
      if (other) throw new AppError("alarm.open_again", { details: { alarmId: other.alarm_id } });
    }
    const merged = act.kind === "merge" ? { merged_into: details.otherAlarmId! } : {};
    await storeStep(ctx, tx, row, stepped, { what: act.kind, actor, details }, merged);
    await record(ctx, tx, alarmId, act.kind, actor, details);
  });
}

/** Says something without changing where the alarm stands; also about one that is over. @throws AppError alarm.not_found */
export async function sayOnAlarm(
  ctx: ActContext,
  alarmId: string,
  what: "note" | "answer",
  actor: AlarmActor,
  details: AlarmActDetails,
): Promise<void> {
  await inAlarmTransaction(ctx, async (tx) => {
    const row = await requireLocked(tx, alarmId);
    await takeEvidence(ctx, tx, row, actor, details);
    await write(ctx, tx, row, what, actor, details);
    await record(ctx, tx, alarmId, what, actor, details);
  });
}

/**
 * Ends an alarm in favour of another that is open.
 * @throws AppError alarm.not_found | alarm.same | alarm.over | alarm.order | alarm.not-live
 */
export async function mergeAlarms(
  ctx: ActContext,
  alarmId: string,
  intoAlarmId: string,
  actor: AlarmActor,
  text: string | undefined,
): Promise<void> {
  await inAlarmTransaction(ctx, async (tx) => {
    const rows = await lockBoth(tx, alarmId, intoAlarmId);
    const into = rows.get(intoAlarmId)!;
    if (isAlarmOver(into.state)) throw new AppError("alarm.over");
    const said = text === undefined ? {} : { text };
    await actOnAlarm({ ...ctx, db: tx }, alarmId, { kind: "merge" }, actor, {
      otherAlarmId: intoAlarmId,
      ...said,
    });
    await write(ctx, tx, into, "merged-from", actor, { otherAlarmId: alarmId, ...said });
  });
}

/** Says that two alarms belong together; both go on. @throws AppError alarm.not_found | alarm.same */
export async function linkAlarms(
  ctx: ActContext,
  alarmId: string,
  otherAlarmId: string,
  actor: AlarmActor,
  text: string | undefined,
): Promise<void> {
  await inAlarmTransaction(ctx, async (tx) => {
    const rows = await lockBoth(tx, alarmId, otherAlarmId);
    if (!(await insertLink(tx, alarmId, otherAlarmId, actor.personId, new Date(ctx.clock.nowMs())))) return;
    const said = text === undefined ? {} : { text };
    await write(ctx, tx, rows.get(alarmId)!, "linked", actor, { otherAlarmId, ...said });
    await write(ctx, tx, rows.get(otherAlarmId)!, "linked", actor, { otherAlarmId: alarmId, ...said });
    await record(ctx, tx, alarmId, "linked", actor, { otherAlarmId });
  });
}

/** In one order, whoever asks for which first. */
async function lockBoth(tx: Kysely<Tables>, one: string, other: string): Promise<Map<string, StoredAlarm>> {
  if (one === other) throw new AppError("alarm.same");
  const rows = new Map<string, StoredAlarm>();
  for (const alarmId of [one, other].sort()) rows.set(alarmId, await requireLocked(tx, alarmId));
  return rows;
}

async function requireLocked(tx: Kysely<Tables>, alarmId: string): Promise<StoredAlarm> {
  const row = await lockAlarm(tx, alarmId);
  if (!row) throw new AppError("alarm.not_found");
  return row;
}

async function write(
  ctx: ActContext,
  tx: Kysely<Tables>,
  row: StoredAlarm,
  what: string,
  actor: AlarmActor,
  details: AlarmActDetails,
): Promise<void> {
  await storeStep(ctx, tx, row, { state: row.state, news: [] }, { what, actor, details });
}

async function takeEvidence(
  ctx: ActContext,
  tx: Kysely<Tables>,
  row: StoredAlarm,
  { personId }: AlarmActor,
  { evidenceIds = [] }: AlarmActDetails,
): Promise<void> {
  if (evidenceIds.length === 0) return;
  await requireEvidence(ctx, tx, evidenceIds, {
    personId,
    purpose: "alarm",
    subjectId: row.alarm_id,
    notBeforeMs: row.raised_at.getTime(),
  });
}

async function record(
  ctx: ActContext,
  tx: Kysely<Tables>,
  alarmId: string,
  what: string,
  actor: AlarmActor,
  { position: _where, ...details }: AlarmActDetails,
): Promise<void> {
  await ctx.audit.record(tx, {
    actor: actor.personId,
    action: `alarm.${what}`,
    subject: `alarm:${alarmId}`,
    details: { role: actor.role, ...details },
  });
}
