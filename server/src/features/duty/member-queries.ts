import type { DutyKind } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Station staff whose region holds the station's and who belong to no station. */
export async function selectCandidates(db: Db, region: RegionCode) {
  const { rows } = await sql<{ person_id: PersonId; name_ciphertext: Uint8Array }>`
    select distinct p.person_id, p.name_ciphertext
    from role_grants g join persons p using (person_id)
    where g.role = 'station-staff' and p.is_active and ${region} like g.region_code || '%'
      and not exists (select from station_members m where m.person_id = p.person_id)
    order by p.person_id
    limit 200`.execute(db);
  return rows;
}

export async function isStationStaff(db: Db, personId: string, region: RegionCode): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from role_grants g join persons p using (person_id)
                   where g.person_id = ${personId}::uuid and g.role = 'station-staff' and p.is_active
                     and ${region} like g.region_code || '%') as found`.execute(db);
  return rows[0]!.found;
}

/** False when the person belongs to another station. */
export async function putMember(
  tx: Db,
  member: {
    personId: PersonId;
    fireStationId: string;
    kinds: readonly DutyKind[];
    isLeader: boolean;
    joinedAt: Date;
  },
): Promise<boolean> {
  const row = await tx
    .insertInto("station_members")
    .values({
      person_id: member.personId,
      fire_station_id: member.fireStationId,
      kinds: [...member.kinds],
      is_leader: member.isLeader,
      joined_at: member.joinedAt,
    })
    .onConflict((conflict) =>
      conflict
        .column("person_id")
        .doUpdateSet({ kinds: [...member.kinds], is_leader: member.isLeader })
        .where("station_members.fire_station_id", "=", member.fireStationId),
    )
    .returning("person_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** With the shifts and exceptions to come. @returns false when he did not belong to it */
export async function deleteMember(
  tx: Db,
  fireStationId: string,
  personId: string,
  today: string,
): Promise<boolean> {
  const deleted = await tx
    .deleteFrom("station_members")
    .where("fire_station_id", "=", fireStationId)
    .where("person_id", "=", personId as PersonId)
    .executeTakeFirst();
  if (deleted.numDeletedRows === 0n) return false;
  await sql`
    delete from roster_shifts where fire_station_id = ${fireStationId}::uuid and person_id = ${personId}::uuid`.execute(
    tx,
  );
  await sql`
    delete from roster_exceptions
    where fire_station_id = ${fireStationId}::uuid and person_id = ${personId}::uuid and day >= ${today}`.execute(
    tx,
  );
  return true;
}

export async function findOwnStation(db: Db, personId: PersonId) {
  return await db
    .selectFrom("station_members as m")
    .innerJoin("fire_stations as s", "s.fire_station_id", "m.fire_station_id")
    .select(["s.fire_station_id", "s.name", "s.phone"])
    .where("m.person_id", "=", personId)
    .where("s.is_active", "=", true)
    .executeTakeFirst();
}

export async function countMembers(db: Db, fireStationIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("station_members as m")
    .innerJoin("persons as p", "p.person_id", "m.person_id")
    .select((on) => ["m.fire_station_id", on.fn.countAll<number>().as("count")])
    .where(sql<boolean>`m.fire_station_id = any(${[...fireStationIds]}::uuid[])`)
    .where("p.is_active", "=", true)
    .groupBy("m.fire_station_id")
    .execute();
  return new Map(rows.map(({ fire_station_id, count }) => [fire_station_id, count]));
}
