import type { DutyKind } from "@hanyouxu/api";
import { type AlarmKind, type AlarmPolicy, alarmKindTable } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { insertOf, recordset, writeAhead } from "../../db/bulk.ts";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import type { AlarmActDetails, AlarmCallsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import { type DutyQuestion, type StationOnDuty, stationsOnDuty } from "../duty/duty.ts";
import type { StoredAlarm } from "./alarm-queries.ts";
import { policiesOf } from "./chip-queries.ts";
import type { RaiseContext } from "./store-step.ts";
import type { AlarmNewsItem } from "./tell-alarms.ts";

const MINUTE_MS = 60_000;

/** What a station must be able to handle; hot work where nothing is said. */
const DUTY_KINDS: Partial<Record<AlarmKind, DutyKind>> = {
  "gas-cut": "gas",
  "gas-warning": "gas",
  "gas-rising": "gas",
  tamper: "electrical",
  "bypass-suspected": "electrical",
  "energy-without-session": "electrical",
  "peripheral-lost": "electrical",
  temperature: "fire",
  "fire-watch-absent": "fire",
};

/** Who is on duty for an alarm at an instant; undefined where nobody knows in which region it is. */
export function dutyQuestionOf(alarm: StoredAlarm, atMs: number): DutyQuestion | undefined {
  const { region_code: regionCode, latitude_degrees, longitude_degrees } = alarm;
  if (regionCode === null) return undefined;
  const position =
    latitude_degrees === null || longitude_degrees === null
      ? null
      : { latitudeDegrees: latitude_degrees, longitudeDegrees: longitude_degrees };
  return { regionCode, position, kind: DUTY_KINDS[alarm.kind] ?? "hot-work", atMs };
}

/** How long an alarm waits for those who were called before the next are. */
export function fallbackMs({ severity }: StoredAlarm, policy: AlarmPolicy): number {
  return policy[`${severity}FallbackMinutes`] * MINUTE_MS;
}

/**
 * Calls the stations that answer for alarms that were just raised, within the caller's transaction: written down, so that
 * the next are called in time whichever server runs by then.
 * @returns for each item the station with who is on duty there; undefined: the region's staff are told, as the item says
 */
export async function callOnDuty(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  items: readonly AlarmNewsItem[],
): Promise<(StationOnDuty | undefined)[]> {
  const nowMs = ctx.clock.nowMs();
  const asked = items.flatMap(({ alarm, one }, index) => {
    const isCall = one.kind === "raised" && alarmKindTable[alarm.kind].told.includes("station");
    const question = isCall ? dutyQuestionOf(alarm, nowMs) : undefined;
    return question ? [{ alarm, index, question }] : [];
  });
  const found: (StationOnDuty | undefined)[] = items.map(() => undefined);
  const stations = await stationsOnDuty(
    { db: tx, stationMap: ctx.stationMap },
    asked.map(({ question }) => question),
  );
  const called = asked.flatMap(({ alarm, index }, at) => {
    const station = stations[at];
    return station ? [{ alarm, index, station }] : [];
  });
  if (called.length === 0) return found;
  const regions = called.map(({ alarm }) => alarm.region_code!);
  const policies = await policiesOf(tx, regions, nowMs);
  const calls = called.map(({ alarm, index, station }) => {
    const isAnybody = station.personIds.length > 0;
    if (isAnybody) found[index] = station;
    const policy = alarmPolicyFrom(policies.get(alarm.region_code!) ?? null);
    const call: AlarmCallsTable = {
      alarm_id: alarm.alarm_id,
      step: 0,
      // Nobody on duty may know of it: the station staff of the region are told instead.
      who: isAnybody ? "on-duty" : "region",
      fire_station_id: station.fireStationId,
      person_ids: [...station.personIds],
      at: new Date(nowMs),
      next_at: new Date(nowMs + fallbackMs(alarm, policy)),
    };
    const { who, person_ids } = call;
    const said: AlarmActDetails = { call: { who, station: station.name, people: person_ids.length } };
    return { call, said };
  });
  await writeAhead(
    tx,
    insertOf(
      "alarm_calls",
      calls.map(({ call }) => call),
    ),
  );
  await noteCalls(
    tx,
    calls.map(({ call, said }) => ({ alarm_id: call.alarm_id, at: call.at.toISOString(), details: said })),
  );
  return found;
}

/** A line of history each, in one statement: an alarm that has moved on within the transaction keeps its order. */
async function noteCalls(
  tx: Kysely<Tables>,
  notes: readonly { alarm_id: string; at: string; details: AlarmActDetails }[],
): Promise<void> {
  await writeAhead(
    tx,
    sql`with counted as (
          update alarms a set act_count = a.act_count + 1
          from ${recordset(notes, "alarm_id uuid, at timestamptz, details jsonb")}
          where a.alarm_id = r.alarm_id
          returning a.alarm_id, a.act_count, a.condition, a.handling, a.level, r.at, r.details)
        insert into alarm_acts (alarm_id, seq, at, what, actor_id, actor_role, details, condition, handling, level)
        select alarm_id, act_count, at, 'called', null, null, details, condition, handling, level from counted`,
  );
}
