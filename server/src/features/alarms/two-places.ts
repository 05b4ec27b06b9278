import type { DecisionId, EnterpriseId, MachineId, RegionCode, WelderId } from "@hanyouxu/protocol";
import {
  areInTwoPlaces,
  impossibleTravel,
  leastMetresApart,
  type Sighting,
  type StartFacts,
} from "@hanyouxu/rules";
import { sql } from "kysely";
import { alarmPolicyFrom, policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { selectKnownSources, selectLastingAlarms } from "./alarm-queries.ts";
import { policiesOf } from "./chip-queries.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { aboutWork, selectWorkUnderPower, type WorkUnderPower } from "./open-work.ts";
import { clearAlarm, raiseAlarm } from "./raise-alarm.ts";
import type { AlarmContext } from "./store-step.ts";

/** Starts from longer ago were looked at, unless no server ran. */
const LOOK_BACK_MS = 10 * 60_000;
/** A start further back than that says nothing about how fast anybody has come. */
const BEFORE_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const KIND = "two-places";

/**
 * Raises where a welder was in two places: starts that are too far apart for the time between, granted or not, and machines
 * at work together. Cleared when it is no longer so and has not come again for a while.
 */
export async function followTwoPlaces(ctx: AlarmContext): Promise<void> {
  const lasting = await selectLastingAlarms(ctx.db, [KIND]);
  const apart = await selectWorkApart(
    ctx,
    lasting.map(({ subject_key }) => subject_key),
  );
  const facts = [...apart, ...(await selectImpossibleStarts(ctx))];
  const known = await selectKnownSources(
    ctx.db,
    facts.map(({ source }) => source),
  );
  const fresh = facts.filter(({ source }) => !known.has(source));
  await eachInTurn(fresh, "people in two places", async (fact) => {
    await inAlarmTransaction(ctx, (tx) => raiseAlarm(ctx, tx, fact));
  });
  const over = lasting.filter(
    ({ subject_key }) => !facts.some(({ subjectKey }) => subjectKey === subject_key),
  );
  const nowMs = ctx.clock.nowMs();
  const regions = over.flatMap(({ region_code }) => region_code ?? []);
  const policies = await policiesOf(ctx.db, regions, nowMs);
  const gone = over.filter(({ region_code, last_raised_at }) => {
    const { quietMinutes } = alarmPolicyFrom((region_code && policies.get(region_code)) ?? null);
    return nowMs - last_raised_at.getTime() >= quietMinutes * MINUTE_MS;
  });
  await eachInTurn(gone, "people in one place", async ({ subject_key }) => {
    await inAlarmTransaction(ctx, (tx) => clearAlarm(ctx, tx, KIND, subject_key));
  });
}

const subjectOf = (welderId: WelderId) => `welder:${welderId}`;

async function selectWorkApart(ctx: AlarmContext, alarmed: readonly string[]): Promise<AlarmFact[]> {
  const works = new Map<WelderId, WorkUnderPower[]>();
  for (const work of await selectWorkUnderPower(ctx)) {
    works.set(work.welder_id, [...(works.get(work.welder_id) ?? []), work]);
  }
  return [...works.values()].flatMap((own) =>
    own.slice(1).flatMap((other, index) => factOfWorks(ctx, own[index]!, other, alarmed) ?? []),
  );
}

function factOfWorks(
  { clock }: AlarmContext,
  one: WorkUnderPower,
  other: WorkUnderPower,
  alarmed: readonly string[],
): AlarmFact | undefined {
  const [here, there] = [placeOf(one), placeOf(other)];
  const subjectKey = subjectOf(one.welder_id);
  if (!here || !there) return undefined;
  if (!areInTwoPlaces(here, there, alarmPolicyFrom(other.policy), alarmed.includes(subjectKey)))
    return undefined;
  const nowMs = clock.nowMs();
  return {
    ...aboutWork(other),
    kind: KIND,
    subjectKey,
    source: `two-places:${one.work_session_id}:${other.work_session_id}`,
    occurredAtMs: nowMs,
    data: { metres: Math.round(leastMetresApart(here, there)) },
    evidence: [one, other].map(({ work_session_id }) => evidenceRef("work-session", work_session_id, nowMs)),
  };
}

function placeOf({ latitude_degrees, longitude_degrees, accuracy_metres }: WorkUnderPower) {
  if (latitude_degrees === null || longitude_degrees === null) return undefined;
  return {
    latitudeDegrees: latitude_degrees,
    longitudeDegrees: longitude_degrees,
    accuracyMetres: accuracy_metres ?? 0,
  };
}

type PhonePosition = StartFacts["phonePosition"];

interface TwoStarts {
  decision_id: DecisionId;
  decided_at: Date;
  phone: PhonePosition;
  before_id: DecisionId;
  before_at: Date;
  before_phone: PhonePosition;
  welder_id: WelderId;
  machine_id: MachineId;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  policy: StoredPolicy | null;
}

/** New starts whose welder was elsewhere at the start before: where his phone was, each time. */
async function selectImpossibleStarts({ db, clock }: AlarmContext): Promise<AlarmFact[]> {
  const nowMs = clock.nowMs();
  const { rows } = await sql<TwoStarts>`
    select d.decision_id, d.decided_at, d.facts->'phonePosition' as phone, b.decision_id as before_id,
           b.decided_at as before_at, b.phone as before_phone, d.welder_id, d.machine_id, d.region_code,
           m.enterprise_id, ${policyOfRegion(sql.ref("d.region_code"), nowMs)} as policy
    from decisions d
    join machines m using (machine_id)
    join lateral (
      select o.decision_id, o.decided_at, o.facts->'phonePosition' as phone
      from decisions o
      where o.welder_id = d.welder_id and o.decided_at < d.decided_at
        and o.decided_at > d.decided_at - ${BEFORE_MS} * interval '1 millisecond'
        and o.facts->'phonePosition' <> 'null'
      order by o.decided_at desc limit 1) b on true
    where d.decided_at > ${new Date(nowMs - LOOK_BACK_MS)} and d.facts->'phonePosition' <> 'null'`.execute(
    db,
  );
  return rows.flatMap((row) => factOfStarts(row) ?? []);
}

function factOfStarts(row: TwoStarts): AlarmFact | undefined {
  const [before, after] = [
    sightingOf(row.before_phone, row.before_at),
    sightingOf(row.phone, row.decided_at),
  ];
  const travel = before && after && impossibleTravel(before, after, alarmPolicyFrom(row.policy));
  if (!travel) return undefined;
  return {
    kind: KIND,
    subjectKey: subjectOf(row.welder_id),
    source: `two-places:${row.before_id}:${row.decision_id}`,
    region: row.region_code,
    enterpriseId: row.enterprise_id,
    machineId: row.machine_id,
    welderId: row.welder_id,
    decisionId: row.decision_id,
    place: { latitudeDegrees: after.latitudeDegrees, longitudeDegrees: after.longitudeDegrees },
    occurredAtMs: after.atMs,
    data: {
      metres: Math.round(travel.metres),
      betweenMs: after.atMs - before.atMs,
      kilometresPerHour: travel.kilometresPerHour === null ? null : Math.round(travel.kilometresPerHour),
    },
    evidence: [
      evidenceRef("decision", row.before_id, before.atMs),
      evidenceRef("decision", row.decision_id, after.atMs),
    ],
  };
}

/** At the time of the fix; a phone whose clock is ahead was there when it was decided. */
function sightingOf(phone: PhonePosition, at: Date): Sighting | undefined {
  return phone ? { ...phone, atMs: Math.min(phone.fixedAtMs, at.getTime()) } : undefined;
}
