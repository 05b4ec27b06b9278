import type { PersonId, WelderId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

export async function findWelderId(db: Kysely<Tables>, personId: PersonId): Promise<WelderId | undefined> {
  const row = await db
    .selectFrom("welders")
    .select("welder_id")
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row?.welder_id;
}

export async function selectCertificates(db: Kysely<Tables>, welderId: WelderId) {
  return await db
    .selectFrom("certificates")
    .selectAll()
    .where("welder_id", "=", welderId)
    .orderBy("valid_to", "desc")
    .execute();
}
