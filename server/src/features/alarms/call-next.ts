import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import { type AlarmCallee, alarmCallees } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { dutyLine } from "../duty/duty.ts";
import { tell } from "../telling/telling.ts";
import { lockAlarm, type StoredAlarm } from "./alarm-queries.ts";
import { insertCall, selectCalls, selectDueCalls, settleCalls } from "./call-queries.ts";
import { policiesOf } from "./chip-queries.ts";
import { dutyQuestionOf, fallbackMs } from "./duty-calls.ts";
import { selectNames, selectNearestDepartment } from "./people-queries.ts";
import { type AlarmContext, storeStep } from "./store-step.ts";

type CallContext = AlarmContext & Pick<AppContext, "stationMap">;

const AT_ONCE = 200;
/** The department that stations of the region belong to. */
const FIRE_DEPARTMENT = "fire-rescue";
const NAMELESS = "–";

interface Callees {
  who: AlarmCallee;
  fireStationId: string | null;
  stationName: string | null;
  personIds: readonly PersonId[];
}

/**
 * Calls the next in line about alarms that nobody has acknowledged within the minutes of their region: whom the roster has
 * next, the station's leader, neighbouring stations, the fire department. Each once, whichever server looks.
 */
export async function callNextInLine(ctx: CallContext): Promise<void> {
  const due = await selectDueCalls(ctx.db, new Date(ctx.clock.nowMs()), AT_ONCE);
  await eachInTurn(due, "unanswered calls of alarms", async (alarmId) => {
    await ctx.db.transaction().execute((tx) => callNext(ctx, tx, alarmId));
  });
}

async function callNext(ctx: CallContext, tx: Kysely<Tables>, alarmId: string): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const alarm = await lockAlarm(tx, alarmId);
  const calls = await selectCalls(tx, alarmId);
  const last = calls.at(-1);
  // Another server was quicker.
  if (!alarm || !last?.next_at || last.next_at.getTime() > nowMs) return;
  await settleCalls(tx, alarmId);
  if (alarm.handling !== "unacknowledged") return;
  const called = new Set(calls.flatMap(({ person_ids }) => person_ids));
  const next = await nextCallees(ctx, tx, alarm, last.who, called);
  if (!next) return;
  const policies = await policiesOf(tx, [alarm.region_code!], nowMs);
  const waitMs = fallbackMs(alarm, alarmPolicyFrom(policies.get(alarm.region_code!) ?? null));
  await insertCall(tx, {
    alarm_id: alarmId,
    step: last.step + 1,
    who: next.who,
    fire_station_id: next.fireStationId,
    person_ids: [...next.personIds],
    at: new Date(nowMs),
    next_at: new Date(nowMs + waitMs),
  });
  const call = { who: next.who, station: next.stationName, people: next.personIds.length };
  await storeStep(ctx, tx, alarm, { state: alarm.state, news: [] }, { what: "called", details: { call } });
  await tellCalled(ctx, tx, alarm, next, last.step + 1);
}

/** The first step after the last that reaches anybody new. Neighbours one after another, the nearest first. */
async function nextCallees(
  ctx: CallContext,
  tx: Kysely<Tables>,
  alarm: StoredAlarm,
  last: AlarmCallee,
  called: ReadonlySet<PersonId>,
): Promise<Callees | undefined> {
  const question = dutyQuestionOf(alarm, ctx.clock.nowMs());
  if (!question || last === "department") return undefined;
  const line: Callees[] = await dutyLine({ db: tx, stationMap: ctx.stationMap }, question);
  const department = await selectNearestDepartment(tx, FIRE_DEPARTMENT, alarm.region_code as RegionCode);
  const all: Callees[] = [
    ...line,
    { who: "department", fireStationId: null, stationName: null, personIds: department },
  ];
  const rank = (who: AlarmCallee) => alarmCallees.indexOf(who);
  const isAfter = (who: AlarmCallee) =>
    rank(who) > rank(last) || (who === "neighbour" && last === "neighbour");
  return all
    .filter(({ who }) => isAfter(who))
    .map((step) => ({ ...step, personIds: step.personIds.filter((personId) => !called.has(personId)) }))
    .find(({ personIds }) => personIds.length > 0);
}

async function tellCalled(
  ctx: CallContext,
  tx: Kysely<Tables>,
  alarm: StoredAlarm,
  { personIds, stationName }: Callees,
  step: number,
): Promise<void> {
  const names = (await selectNames(tx, [alarm]))(alarm);
  await tell(ctx, tx, {
    personIds,
    topic: "alarm",
    severity: alarm.severity,
    subject: { kind: "alarm", id: alarm.alarm_id },
    template: "alarm-called",
    words: {
      kind: alarm.kind,
      machine: names.machine ?? names.keyArea ?? NAMELESS,
      place: names.region ?? NAMELESS,
      station: stationName ?? NAMELESS,
    },
    onceKey: `alarm:${alarm.alarm_id}:called:${step}`,
  });
}
