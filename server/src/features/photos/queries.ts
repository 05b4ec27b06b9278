import type { PersonId } from "@hanyouxu/protocol";
import type { Insertable, Kysely } from "kysely";
import type { BlobKind, BlobsTable } from "../../db/tables/welders.ts";
import type { Tables } from "../../db/tables.ts";

export async function insertBlob(db: Kysely<Tables>, row: Insertable<BlobsTable>): Promise<void> {
  await db.insertInto("blobs").values(row).execute();
}

export async function selectBlob(db: Kysely<Tables>, blobId: string) {
  return await db
    .selectFrom("blobs")
    .select(["media_type", "key_ciphertext"])
    .where("blob_id", "=", blobId)
    .executeTakeFirstOrThrow();
}

/** Forgets all pictures of a kind of one person, with their keys: the ids of the files that go once this is committed. */
export async function deleteBlobsOf(
  db: Kysely<Tables>,
  personId: PersonId,
  kind: BlobKind,
): Promise<string[]> {
  const rows = await db
    .deleteFrom("blobs")
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .returning("blob_id")
    .execute();
  return rows.map(({ blob_id }) => blob_id);
}

export async function deleteBlob(db: Kysely<Tables>, blobId: string): Promise<void> {
  await db.deleteFrom("blobs").where("blob_id", "=", blobId).execute();
}
