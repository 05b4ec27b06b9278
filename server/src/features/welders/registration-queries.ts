import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import { isServed } from "../../db/served-regions.ts";
import type { Tables, WeldersTable } from "../../db/tables.ts";

export { findWelderId } from "./queries.ts";

type Db = Kysely<Tables>;

/** Two requests of one person are decided one after the other. */
export async function lockPerson(tx: Db, personId: PersonId): Promise<void> {
  await tx.selectFrom("persons").select("person_id").where("person_id", "=", personId).forUpdate().execute();
}

export async function findName(db: Db, personId: PersonId): Promise<Uint8Array> {
  const row = await db
    .selectFrom("persons")
    .select("name_ciphertext")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  return row.name_ciphertext;
}

export async function setName(tx: Db, personId: PersonId, sealed: Uint8Array): Promise<void> {
  await tx
    .updateTable("persons")
    .set({ name_ciphertext: sealed })
    .where("person_id", "=", personId)
    .execute();
}

/** The lowest level there is: a region of nine digits. */
export async function isTownship(db: Db, code: string): Promise<boolean> {
  const row = await db
    .selectFrom("regions")
    .select("region_code")
    .where("region_code", "=", code as RegionCode)
    .where(sql<boolean>`length(region_code) = 9`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Townships where somebody is responsible: the tree holds the whole country. */
export async function selectTownships(db: Db) {
  return await db
    .selectFrom("regions as r")
    .leftJoin("regions as c", "c.region_code", "r.parent_code")
    .select(["r.region_code", "r.name", "c.name as county_name"])
    .where(sql<boolean>`length(r.region_code) = 9`)
    .where(isServed("r.region_code"))
    .orderBy("r.region_code")
    .execute();
}

/** The welder with the role that makes him one. */
export async function insertWelder(
  tx: Db,
  welder: Insertable<WeldersTable>,
  roleGrantId: string,
): Promise<void> {
  const { person_id, created_at } = welder;
  await tx.insertInto("welders").values(welder).execute();
  await tx
    .insertInto("role_grants")
    .values({
      role_grant_id: roleGrantId,
      person_id,
      role: "welder",
      region_code: null,
      enterprise_id: null,
      granted_at: created_at,
    })
    .execute();
}

export async function setPortrait(tx: Db, personId: PersonId, blobId: string): Promise<string | null> {
  const before = await tx
    .selectFrom("welders")
    .select("portrait_blob_id")
    .where("person_id", "=", personId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await tx
    .updateTable("welders")
    .set({ portrait_blob_id: blobId })
    .where("person_id", "=", personId)
    .execute();
  return before.portrait_blob_id;
}
