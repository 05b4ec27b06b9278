import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { nextOn } from "./next-on.ts";
import { onDutyOf } from "./on-duty.ts";
import { selectMembers } from "./roster-queries.ts";
import { type StationOnDuty, stationOnDuty } from "./station-on-duty.ts";
import { type DutyQuestion, whoIsOnDuty } from "./who-is-on-duty.ts";
import { withinReach } from "./within-reach.ts";

type LineContext = Pick<AppContext, "db" | "stationMap">;

/** Who is called after those on duty, in this order. */
export interface DutyLineStep {
  who: "second" | "leader" | "neighbour";
  fireStationId: string;
  stationName: string;
  personIds: PersonId[];
}

/**
 * For many places at an instant, in their order: the station that answers, with those on duty who may know of the place.
 * Undefined where no station is registered. As many statements as one place takes.
 */
export async function stationsOnDuty(
  ctx: LineContext,
  questions: readonly DutyQuestion[],
): Promise<(StationOnDuty | undefined)[]> {
  if (questions.length === 0) return [];
  await ctx.stationMap.follow(ctx.db);
  const stations = questions.map(({ regionCode, position, kind }) =>
    ctx.stationMap.responsible(regionCode, position, kind),
  );
  const ids = new Set(stations.flatMap((station) => (station ? [station.fireStationId] : [])));
  const people = await onDutyOf(ctx.db, [...ids], questions[0]!.atMs);
  const reaches = await withinReach(
    ctx.db,
    people.map(({ personId }) => personId),
  );
  return questions.map(({ regionCode, position, kind }, index) => {
    const station = stations[index];
    if (!station) return undefined;
    const called = stationOnDuty(station, people, kind, position);
    return { ...called, personIds: called.personIds.filter((one) => reaches(one, regionCode)) };
  });
}

/**
 * Who comes after those on duty when nobody answers: whom the roster has next, who leads the station, then who is on duty
 * at neighbouring stations. Only people who may know of the place; a step with nobody is left out.
 */
export async function dutyLine(ctx: LineContext, question: DutyQuestion): Promise<DutyLineStep[]> {
  const { station, onDuty, fallback } = await whoIsOnDuty(ctx, question);
  const steps: DutyLineStep[] = [];
  if (station) {
    const { fireStationId, name: stationName } = station;
    const own = { fireStationId, stationName };
    const members = await selectMembers(ctx.db, [fireStationId]);
    const leaders = members.filter(({ isLeader }) => isLeader).map(({ personId }) => personId);
    const second = await nextOn(ctx.db, fireStationId, new Set(onDuty), question.atMs);
    steps.push({ who: "second", ...own, personIds: second }, { who: "leader", ...own, personIds: leaders });
  }
  for (const step of fallback) {
    if (step.step !== "neighbour") continue;
    const { fireStationId, name: stationName, personIds } = step;
    steps.push({ who: "neighbour", fireStationId, stationName, personIds: [...personIds] });
  }
  const reaches = await withinReach(
    ctx.db,
    steps.flatMap(({ personIds }) => personIds),
  );
  return steps
    .map((step) => ({
      ...step,
      personIds: step.personIds.filter((one) => reaches(one, question.regionCode)),
    }))
    .filter(({ personIds }) => personIds.length > 0);
}
