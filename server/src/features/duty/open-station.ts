import type { FireStationBody } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { addPattern } from "./rosters.ts";
import { createStation, joinStation } from "./stations.ts";

export interface StationTeamMember {
  personId: PersonId;
  /** Local times of the day, every day from now on. */
  startsAt: string;
  endsAt: string;
  isLeader?: boolean;
}

/**
 * A station with its people and a roster of every day.
 * @throws AppError fire_station.… | region.not_found, of what its parts refuse
 */
export async function openStation(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  body: FireStationBody,
  team: readonly StationTeamMember[],
  actor: PersonId,
): Promise<void> {
  const fireStationId = await createStation(ctx, body, actor);
  const station = { fire_station_id: fireStationId, region_code: body.region as RegionCode };
  // From yesterday on: tonight's night shift began then.
  const fromDay = addDays(shanghaiDay(ctx.clock.nowMs()), -1);
  for (const { personId, startsAt, endsAt, isLeader = false } of team) {
    await joinStation(ctx, station, personId, { kinds: body.kinds, isLeader }, actor);
    const weekdays = [1, 2, 3, 4, 5, 6, 7];
    const shift = { personId, weekdays, startsAt, endsAt, fromDay, untilDay: null };
    await addPattern(ctx, fireStationId, shift, actor);
  }
}
