import { bilingual } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { openBlob, sealBlob } from "../../crypto/blob-sealing.ts";
import type { BlobKind } from "../../db/tables/welders.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { cleanPicture, type Picture } from "../../pictures/clean-picture.ts";
import { deleteBlob, insertBlob, selectBlob } from "./queries.ts";

export { deleteBlobsOf as forgetPhotosOf } from "./queries.ts";

export const maxPhotoBytes = 5 * 1024 * 1024;

/** A picture out of a request, without anything but its image. @throws AppError request.invalid, naming body.photo */
export function pictureOf(base64: string): Picture {
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  if (bytes.length > maxPhotoBytes) throw wrongPhoto(tooLarge);
  const picture = cleanPicture(bytes);
  if (!picture) throw wrongPhoto(noPicture);
  return picture;
}

const tooLarge = bilingual("照片不能超过 5 MB，请压缩后重试", "The photo is over 5 MB: make it smaller");
const noPicture = bilingual(
  "照片应为完整的 JPEG、PNG 或 WebP 图片，请重新拍照",
  "The photo must be a whole JPEG, PNG or WebP picture: take it again",
);

function wrongPhoto(message: string): AppError {
  return new AppError("request.invalid", { fields: [{ path: "body.photo", message }] });
}

type PhotoContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "log">;

/**
 * Stores a picture encrypted and runs `work` in a transaction that knows it; when that fails nothing is kept. Without a
 * picture `work` runs just so.
 */
export async function withPhoto<Result>(
  ctx: PhotoContext,
  photo: { personId: PersonId; kind: BlobKind; picture: Picture } | null,
  work: (tx: Kysely<Tables>, blobId: string | null) => Promise<Result>,
): Promise<Result> {
  if (!photo) return await ctx.db.transaction().execute((tx) => work(tx, null));
  const { personId, kind, picture } = photo;
  const blobId = ctx.newId();
  const { key, sealed } = sealBlob(blobId, picture.bytes, ctx.random);
  await ctx.blobs.put(blobId, sealed);
  try {
    return await ctx.db.transaction().execute(async (tx) => {
      await insertBlob(tx, {
        blob_id: blobId,
        person_id: personId,
        kind,
        media_type: picture.type,
        size_bytes: picture.bytes.length,
        key_ciphertext: ctx.personalData.seal("blob-key", Buffer.from(key).toString("base64")),
        stored_at: new Date(ctx.clock.nowMs()),
      });
      return await work(tx, blobId);
    });
  } catch (error) {
    await deletePhotoFiles(ctx, [blobId]);
    throw error;
  }
}

/** A stored picture in clear. */
export async function openPhoto(
  ctx: Pick<AppContext, "db" | "blobs" | "personalData">,
  blobId: string,
): Promise<{ type: string; bytes: Uint8Array }> {
  const row = await selectBlob(ctx.db, blobId);
  const key = Buffer.from(ctx.personalData.open("blob-key", row.key_ciphertext), "base64");
  return { type: row.media_type, bytes: openBlob(blobId, await ctx.blobs.get(blobId), key) };
}

/** Deletes files that no row names any more. Their keys are gone already: one that stays behind opens for nobody. */
export async function deletePhotoFiles(
  ctx: Pick<AppContext, "blobs" | "log">,
  blobIds: readonly string[],
): Promise<void> {
  for (const blobId of blobIds) {
    await ctx.blobs.delete(blobId).catch((cause: unknown) => {
      ctx.log.warn({ err: cause, blobId }, "a blob that nobody names could not be deleted");
    });
  }
}

/** Deletes a picture that nothing names any more. */
export async function forgetPhoto(ctx: Pick<AppContext, "db" | "blobs">, blobId: string): Promise<void> {
  await deleteBlob(ctx.db, blobId);
  await ctx.blobs.delete(blobId);
}
