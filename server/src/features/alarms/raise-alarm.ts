import type { RegionCode } from "@hanyouxu/protocol";
import type { AlarmKind, AlarmPolicy } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import {
  insertActs,
  insertAlarms,
  lockLastingRecords,
  lockOpenAlarms,
  nameSources,
  type StoredAlarm,
  type Subject,
  selectWindows,
  takeSources,
  updateAlarms,
} from "./alarm-queries.ts";
import { AlarmThread, type RaisingWorld, type TakenIn, threadKey } from "./alarm-thread.ts";
import { policiesOf } from "./chip-queries.ts";
import { alarmsAbove, mergeBelow } from "./stand-for.ts";
import type { RaiseContext } from "./store-step.ts";
import { tellAlarms } from "./tell-alarms.ts";

/** What became of a fact; undefined: it was taken in before. */
export type Raised = TakenIn | undefined;

/** What raises an alarm, or clears it. */
export type AlarmSign = { raises: AlarmFact } | { clears: { kind: AlarmKind; subjectKey: string } };

/**
 * Takes in what raises an alarm, once: a new alarm, one more time of the open one or of one that stands for it, or history
 * where it comes too late or within a suppression window. Within the caller's transaction.
 */
export async function raiseAlarm(ctx: RaiseContext, tx: Kysely<Tables>, fact: AlarmFact): Promise<Raised> {
  const [raised] = await takeSigns(ctx, tx, [{ raises: fact }]);
  return raised;
}

/** Its opposite was seen: the open alarm of the kind and subject is cleared, and so is lasting history of it. */
export async function clearAlarm(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  kind: AlarmKind,
  subjectKey: string,
): Promise<void> {
  await takeSigns(ctx, tx, [{ clears: { kind, subjectKey } }]);
}

/**
 * Takes in many signs in their order, within the caller's transaction and in as many statements as one sign needs.
 * @returns what became of each, undefined for what clears and what was taken in before
 */
export async function takeSigns(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  signs: readonly AlarmSign[],
): Promise<Raised[]> {
  if (signs.length === 0) return [];
  const nowMs = ctx.clock.nowMs();
  const facts = signs.flatMap((sign) => ("raises" in sign ? [sign.raises] : []));
  const fresh = await takeSources(tx, facts, new Date(nowMs));
  const news = signs.map((sign, index) => ({ sign, index })).filter(({ sign }) => isNew(sign, fresh));
  if (news.length === 0) return signs.map(() => undefined);
  const world = await worldOf(ctx, tx, facts, nowMs);
  const bySubject = Map.groupBy(news, ({ sign }) => {
    const { kind, subjectKey } = subjectOf(sign);
    return threadKey(kind, subjectKey);
  });
  const subjects = [...bySubject.values()].map((of) => subjectOf(of[0]!.sign));
  const open = byThread(await lockOpenAlarms(tx, subjects));
  const lasting = byThread(await lockLastingRecords(tx, subjects));
  const raised: Raised[] = signs.map(() => undefined);
  const fold = (key: string, stored: StoredAlarm | undefined): AlarmThread => {
    const thread = new AlarmThread(world, { open: stored, lasting: lasting.get(key) ?? [] });
    for (const { sign, index } of bySubject.get(key)!) {
      if ("raises" in sign) raised[index] = thread.raise(sign.raises);
      else thread.clear();
    }
    return thread;
  };
  const threads = new Map([...bySubject.keys()].map((key) => [key, fold(key, open.get(key)?.[0])]));
  await insertOpen(tx, threads, fold);
  await write(ctx, tx, [...threads.values()]);
  for (const { risen } of threads.values())
    for (const { alarmId, fact } of risen) await mergeBelow(ctx, tx, alarmId, fact);
  await nameSources(
    tx,
    news.flatMap(({ sign, index }) =>
      "raises" in sign ? [{ source: sign.raises.source, alarm_id: raised[index]!.alarmId }] : [],
    ),
  );
  return raised;
}

/** Each source once, also where a batch names it twice. */
function isNew(sign: AlarmSign, fresh: Set<string>): boolean {
  return "clears" in sign || fresh.delete(sign.raises.source);
}

function subjectOf(sign: AlarmSign): Subject {
  const { kind, subjectKey } = "raises" in sign ? sign.raises : sign.clears;
  return { kind, subjectKey };
}

function byThread(rows: readonly StoredAlarm[]): Map<string, StoredAlarm[]> {
  return Map.groupBy(rows, ({ kind, subject_key }) => threadKey(kind, subject_key));
}

async function worldOf(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  facts: readonly AlarmFact[],
  nowMs: number,
): Promise<RaisingWorld> {
  const regions = facts.flatMap(({ region }) => (region === null ? [] : [region]));
  const stored = await policiesOf(tx, regions, nowMs);
  const policies = new Map<RegionCode | null, AlarmPolicy>();
  for (const region of new Set(facts.map((fact) => fact.region))) {
    policies.set(region, alarmPolicyFrom(region === null ? null : (stored.get(region) ?? null)));
  }
  return {
    nowMs,
    newId: ctx.newId,
    policyOf: (region) => policies.get(region)!,
    windows: facts.length === 0 ? [] : await selectWindows(tx, new Date(nowMs)),
    above: await alarmsAbove(tx, facts),
  };
}

/** Where another server was quicker, and has committed by now, its alarm is the open one. */
async function insertOpen(
  tx: Kysely<Tables>,
  threads: Map<string, AlarmThread>,
  fold: (key: string, open: StoredAlarm | undefined) => AlarmThread,
): Promise<void> {
  const made = [...threads.values()].flatMap(({ madeOpen }) => madeOpen ?? []);
  const inserted = await insertAlarms(tx, made);
  const lost = made.filter(({ alarm_id }) => !inserted.has(alarm_id));
  if (lost.length === 0) return;
  const subjects = lost.map(({ kind, subject_key }) => ({ kind, subjectKey: subject_key }));
  const others = byThread(await lockOpenAlarms(tx, subjects));
  for (const { kind, subject_key } of lost) {
    const key = threadKey(kind, subject_key);
    const [other] = others.get(key) ?? [];
    if (!other) throw new Error(`alarm ${kind} of ${subject_key} was closed while it was raised`);
    threads.set(key, fold(key, other));
  }
  const again = lost.flatMap(
    ({ kind, subject_key }) => threads.get(threadKey(kind, subject_key))!.madeOpen ?? [],
  );
  await insertAlarms(tx, again);
}

async function write(ctx: RaiseContext, tx: Kysely<Tables>, threads: readonly AlarmThread[]): Promise<void> {
  await insertAlarms(
    tx,
    threads.flatMap((thread) => [...thread.made.values()].filter((row) => row !== thread.madeOpen)),
  );
  await updateAlarms(
    tx,
    threads.flatMap(({ changed }) => [...changed.values()]),
  );
  await insertActs(
    tx,
    threads.flatMap(({ acts }) => acts),
  );
  await tellAlarms(
    ctx,
    tx,
    threads.flatMap(({ told }) => told),
  );
}
