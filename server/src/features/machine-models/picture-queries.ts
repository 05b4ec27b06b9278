import { type Insertable, type Kysely, sql } from "kysely";
import type { ModelPicturesTable } from "../../db/tables/model-pictures.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function insertPicture(tx: Db, row: Insertable<ModelPicturesTable>): Promise<void> {
  await tx.insertInto("model_pictures").values(row).execute();
}

export async function selectPicture(db: Db, pictureId: string) {
  return await db
    .selectFrom("model_pictures")
    .select(["media_type", "key_ciphertext"])
    .where("picture_id", "=", pictureId)
    .executeTakeFirst();
}

/** Which of these pictures are there; they stay until the transaction ends. */
export async function lockPictures(tx: Db, pictureIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom("model_pictures")
    .select("picture_id")
    .where(sql<boolean>`picture_id = any(${[...pictureIds]}::uuid[])`)
    .orderBy("picture_id")
    .forKeyShare()
    .execute();
  return new Set(rows.map(({ picture_id }) => picture_id));
}

/** Says which pictures a version of a profile shows. */
export async function insertPictureUses(
  tx: Db,
  profileKey: string,
  version: number,
  pictureIds: readonly string[],
): Promise<void> {
  await sql`insert into adaptation_profile_pictures (profile_key, version, picture_id)
    select ${profileKey}, ${version}::int, picture_id
    from unnest(${[...pictureIds]}::uuid[]) as shown (picture_id)`.execute(tx);
}

/** Deletes the rows of pictures of before an instant that no version of a profile shows; returns their ids. */
export async function deleteUnusedPictures(tx: Db, before: Date, limit: number): Promise<string[]> {
  const old = await tx
    .selectFrom("model_pictures as p")
    .select("p.picture_id")
    .where("p.uploaded_at", "<", before)
    .where(sql<boolean>`not exists (${usesOf(sql.ref("p.picture_id"))})`)
    .orderBy("p.uploaded_at")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  // Asked again once they are locked: a version may have been saved in between.
  const deleted = await tx
    .deleteFrom("model_pictures")
    .where(sql<boolean>`picture_id = any(${old.map(({ picture_id }) => picture_id)}::uuid[])`)
    .where(sql<boolean>`not exists (${usesOf(sql.ref("model_pictures.picture_id"))})`)
    .returning("picture_id")
    .execute();
  return deleted.map(({ picture_id }) => picture_id);
}

function usesOf(pictureId: ReturnType<typeof sql.ref>) {
  return sql`select from adaptation_profile_pictures as u where u.picture_id = ${pictureId}`;
}
