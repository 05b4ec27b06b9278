import type { PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { DutyTurnsTable } from "../../db/tables/duty.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

const SHOWN = 10;

export async function insertTurn(tx: Db, row: Insertable<DutyTurnsTable>): Promise<void> {
  await tx.insertInto("duty_turns").values(row).execute();
}

/** The latest notes first. */
export async function selectHandovers(db: Db, fireStationId: string) {
  return await db
    .selectFrom("duty_turns as t")
    .innerJoin("persons as p", "p.person_id", "t.person_id")
    .select(["t.duty_turn_id", "t.from_at", "t.handover_note", "t.taken_over_at", "p.name_ciphertext"])
    .where("t.fire_station_id", "=", fireStationId)
    .where("t.handover_note", "is not", null)
    .orderBy("t.from_at", "desc")
    .orderBy("t.duty_turn_id", "desc")
    .limit(SHOWN)
    .execute();
}

/** Every note of others that nobody has taken over. */
export async function takeOver(tx: Db, fireStationId: string, personId: PersonId, now: Date): Promise<void> {
  await sql`
    update duty_turns set taken_over_by = ${personId}, taken_over_at = ${now}
    where fire_station_id = ${fireStationId}::uuid and handover_note is not null and taken_over_at is null
      and person_id <> ${personId}`.execute(tx);
}
