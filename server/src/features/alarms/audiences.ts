import type { PersonId } from "@hanyouxu/protocol";
import { type AlarmAudience, alarmKindTable } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { StationOnDuty } from "../duty/duty.ts";
import { callRegion, type StaffCall, staffNearestOf } from "../staff-accounts/staff-accounts.ts";
import {
  selectDepartmentStaff,
  selectOfficers,
  selectOperators,
  selectWelderPeople,
} from "./people-queries.ts";
import type { AlarmNewsItem } from "./tell-alarms.ts";

/**
 * Who is told of each piece of news, each person once, in as many statements as one piece takes.
 * @param stations for each the station that was called: who is on duty there is told in place of all station staff
 */
export async function audiencesOf(
  tx: Kysely<Tables>,
  items: readonly AlarmNewsItem[],
  stations: readonly (StationOnDuty | undefined)[],
): Promise<PersonId[][]> {
  const alarms = items.map(({ alarm }) => alarm);
  const welders = await selectWelderPeople(tx, present(alarms.map(({ welder_id }) => welder_id)));
  const firms = alarms.flatMap((alarm) => [alarm.enterprise_id, alarm.site_owner_enterprise_id]);
  const officers = await selectOfficers(tx, present(firms));
  const authorities = await authoritiesOf(tx, items, stations);
  const audience = ({ alarm }: AlarmNewsItem, index: number, who: AlarmAudience): readonly PersonId[] => {
    switch (who) {
      case "welder":
        return welders.get(alarm.welder_id!) ?? [];
      case "officer":
        return officers.get(alarm.enterprise_id!) ?? [];
      case "site-owner":
        return officers.get(alarm.site_owner_enterprise_id!) ?? [];
      // All authorities of an alarm are asked for together.
      case "station":
      case "regulator":
        return authorities[index]!;
    }
  };
  const people: PersonId[][] = [];
  for (const [index, item] of items.entries()) {
    const { alarm, one } = item;
    if (one.kind === "dispatched") {
      const { department, personId } = one.assignee;
      if (personId !== null) people.push([personId]);
      else
        people.push(
          department === null ? [] : await selectDepartmentStaff(tx, department, alarm.region_code),
        );
    } else if (one.kind === "escalated") people.push(authorities[index]!);
    else people.push(distinct(alarmKindTable[alarm.kind].told.flatMap((who) => audience(item, index, who))));
  }
  return people;
}

/** Of the region so many levels up, or the nearest above it; of no region: the platform's operators. */
async function authoritiesOf(
  tx: Kysely<Tables>,
  items: readonly AlarmNewsItem[],
  stations: readonly (StationOnDuty | undefined)[],
): Promise<PersonId[][]> {
  const calls = items.map((item, index) => callsOf(item, stations[index] !== undefined));
  const staff = await staffNearestOf(tx, calls.flat());
  const isWhole = (item: AlarmNewsItem) => item.alarm.region_code === null;
  const operators = items.some(isWhole) ? await selectOperators(tx) : [];
  let next = 0;
  return items.map((item, index) => {
    const own = calls[index]!.flatMap(() => staff[next++]!);
    return isWhole(item) ? operators : distinct([...(stations[index]?.personIds ?? []), ...own]);
  });
}

function callsOf({ alarm, one }: AlarmNewsItem, isStationCalled: boolean): StaffCall[] {
  const { region_code: place, level } = alarm;
  if (place === null || one.kind === "dispatched") return [];
  // Up there it is one question: whoever is there.
  if (one.kind === "escalated")
    return [{ place, called: callRegion(place, one.level), roles: ["station-staff", "regulator"] }];
  const { told } = alarmKindTable[alarm.kind];
  const called = callRegion(place, level);
  return [
    ...(told.includes("station") && !isStationCalled ? [{ place, called, roles: ["station-staff"] }] : []),
    ...(told.includes("regulator") ? [{ place, called, roles: ["regulator"] }] : []),
  ];
}

function present<Item>(items: readonly (Item | null)[]): Item[] {
  return distinct(items.filter((item) => item !== null));
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
