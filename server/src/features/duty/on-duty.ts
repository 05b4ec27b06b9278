import type { PersonId } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { shiftsAt } from "./roster.ts";
import { type Member, selectMembers, selectRoster, selectTurns } from "./roster-queries.ts";

export interface OnDuty extends Member {
  /** Until when, as it stands now. */
  untilMs: number;
}

/** Who of some stations is on duty at an instant: by the roster, unless one has said otherwise since. */
export async function onDutyOf(
  db: Kysely<Tables>,
  fireStationIds: readonly string[],
  atMs: number,
): Promise<OnDuty[]> {
  if (fireStationIds.length === 0) return [];
  const members = await selectMembers(db, fireStationIds);
  if (members.length === 0) return [];
  const today = shanghaiDay(atMs);
  const roster = await selectRoster(db, fireStationIds, addDays(today, -1), today);
  const until = new Map<PersonId, number>();
  for (const { personId, endsMs } of shiftsAt(roster, atMs)) {
    until.set(personId, Math.max(endsMs, until.get(personId) ?? 0));
  }
  for (const { personId, isOn, untilMs } of await selectTurns(db, fireStationIds, new Date(atMs))) {
    if (isOn) until.set(personId, Math.max(untilMs, until.get(personId) ?? 0));
    else until.delete(personId);
  }
  return members.flatMap((member) => {
    const untilMs = until.get(member.personId);
    return untilMs === undefined ? [] : [{ ...member, untilMs }];
  });
}
