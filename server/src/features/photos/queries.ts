import type { Insertable, Kysely } from "kysely";
import type { BlobsTable } from "../../db/tables/welders.ts";
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

export async function deleteBlob(db: Kysely<Tables>, blobId: string): Promise<void> {
  await db.deleteFrom("blobs").where("blob_id", "=", blobId).execute();
}
