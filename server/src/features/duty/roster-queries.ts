import type { DutyKind } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { RosterExceptionsTable, RosterShiftsTable } from "../../db/tables/duty.ts";
import type { Tables } from "../../db/tables.ts";
import type { PatternShift, Roster, RosterException } from "./roster.ts";

type Db = Kysely<Tables>;

export interface Member {
  personId: PersonId;
  fireStationId: string;
  kinds: readonly DutyKind[];
  isLeader: boolean;
  nameCiphertext: Uint8Array;
}

/** People of stations who may sign in; of all of them where none are named. */
export async function selectMembers(db: Db, fireStationIds: readonly string[]): Promise<Member[]> {
  const rows = await db
    .selectFrom("station_members as m")
    .innerJoin("persons as p", "p.person_id", "m.person_id")
    .select(["m.person_id", "m.fire_station_id", "m.kinds", "m.is_leader", "p.name_ciphertext"])
    .where(sql<boolean>`m.fire_station_id = any(${[...fireStationIds]}::uuid[])`)
    .where("p.is_active", "=", true)
    .orderBy("m.joined_at")
    .orderBy("m.person_id")
    .execute();
  return rows.map((row) => ({
    personId: row.person_id,
    fireStationId: row.fire_station_id,
    kinds: row.kinds,
    isLeader: row.is_leader,
    nameCiphertext: row.name_ciphertext,
  }));
}

/** The roster of some stations as it bears on the days from `fromDay` to `toDay`, of those who belong to them now. */
export async function selectRoster(
  db: Db,
  fireStationIds: readonly string[],
  fromDay: string,
  toDay: string,
): Promise<Roster> {
  const ids = sql`any(${[...fireStationIds]}::uuid[])`;
  const pattern = await sql<PatternShift>`
    select s.roster_shift_id as id, s.person_id as "personId", s.weekday, s.starts_at as "startsAt",
           s.ends_at as "endsAt", s.from_day as "fromDay", s.until_day as "untilDay"
    from roster_shifts s join station_members m using (person_id, fire_station_id)
    where s.fire_station_id = ${ids} and s.from_day <= ${toDay}
      and (s.until_day is null or s.until_day >= ${fromDay})
    order by s.starts_at, s.roster_shift_id`.execute(db);
  const exceptions = await sql<RosterException>`
    select e.roster_exception_id as id, e.person_id as "personId", e.day, e.kind, e.starts_at as "startsAt",
           e.ends_at as "endsAt", e.reason
    from roster_exceptions e join station_members m using (person_id, fire_station_id)
    where e.fire_station_id = ${ids} and e.day between ${fromDay} and ${toDay}
    order by e.day, e.roster_exception_id`.execute(db);
  return { pattern: pattern.rows, exceptions: exceptions.rows };
}

export interface Turn {
  personId: PersonId;
  isOn: boolean;
  untilMs: number;
}

/** What people of the stations have said of themselves and what holds now: the latest word of each. */
export async function selectTurns(db: Db, fireStationIds: readonly string[], at: Date): Promise<Turn[]> {
  const { rows } = await sql<{ person_id: PersonId; is_on: boolean; until_at: Date }>`
    select distinct on (t.person_id) t.person_id, t.is_on, t.until_at
    from duty_turns t join station_members m using (person_id, fire_station_id)
    where t.fire_station_id = any(${[...fireStationIds]}::uuid[]) and t.from_at <= ${at}
    order by t.person_id, t.from_at desc, t.duty_turn_id desc`.execute(db);
  return rows
    .filter(({ until_at }) => until_at > at)
    .map(({ person_id, is_on, until_at }) => ({
      personId: person_id,
      isOn: is_on,
      untilMs: until_at.getTime(),
    }));
}

export async function insertPattern(tx: Db, rows: readonly Insertable<RosterShiftsTable>[]): Promise<void> {
  await tx
    .insertInto("roster_shifts")
    .values([...rows])
    .execute();
}

/** False when there is none. */
export async function endPattern(
  tx: Db,
  fireStationId: string,
  rosterShiftId: string,
  lastDay: string,
): Promise<boolean> {
  const isIt = sql`roster_shift_id = ${rosterShiftId}::uuid and fire_station_id = ${fireStationId}::uuid
    and (until_day is null or until_day > ${lastDay})`;
  const { rows: deleted } = await sql`
    delete from roster_shifts where ${isIt} and from_day > ${lastDay} returning 1 as one`.execute(tx);
  const { rows: ended } = await sql`
    update roster_shifts set until_day = ${lastDay} where ${isIt} returning 1 as one`.execute(tx);
  return deleted.length + ended.length > 0;
}

export async function insertException(tx: Db, row: Insertable<RosterExceptionsTable>): Promise<void> {
  await tx.insertInto("roster_exceptions").values(row).execute();
}

/** False when there is none. */
export async function deleteException(
  tx: Db,
  fireStationId: string,
  rosterExceptionId: string,
): Promise<boolean> {
  const result = await tx
    .deleteFrom("roster_exceptions")
    .where("roster_exception_id", "=", rosterExceptionId)
    .where("fire_station_id", "=", fireStationId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
