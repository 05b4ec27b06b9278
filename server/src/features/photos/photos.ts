import { bilingual } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { openBlob, sealBlob } from "../../crypto/blob-sealing.ts";
import type { BlobKind } from "../../db/tables/welders.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { cleanPicture, type Picture, type PictureType } from "../../pictures/clean-picture.ts";
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
  "照片应为完整的 JPEG、PNG 或 WebP 图片，请重新拍照或换一张",
  "The photo must be a whole JPEG, PNG or WebP picture: take it again or choose another",
);

function wrongPhoto(message: string): AppError {
  return new AppError("request.invalid", { fields: [{ path: "body.photo", message }] });
}

type PhotoContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "log">;

/** What a table keeps of a picture whose bytes lie sealed in the blob store. */
export interface SealedPicture {
  blobId: string;
  mediaType: PictureType;
  sizeBytes: number;
  keyCiphertext: Uint8Array;
  storedAt: Date;
}

/** Stores a picture encrypted and runs `work` in a transaction that keeps its row; when that fails nothing is kept. */
export async function withSealedPicture<Result>(
  ctx: PhotoContext,
  picture: Picture,
  work: (tx: Kysely<Tables>, sealed: SealedPicture) => Promise<Result>,
): Promise<Result> {
  return await withSealedBytes(ctx, picture.bytes, (tx, sealed) =>
    work(tx, { ...sealed, mediaType: picture.type, sizeBytes: picture.bytes.length }),
  );
}

/** As by `withSealedPicture`, of bytes that are no picture of a person's phone. */
export async function withSealedBytes<Result>(
  ctx: PhotoContext,
  bytes: Uint8Array,
  work: (tx: Kysely<Tables>, sealed: SealedBytes) => Promise<Result>,
): Promise<Result> {
  return await withAllSealed(ctx, [bytes], (tx, [sealed]) => work(tx, sealed!));
}

/** What a table keeps of any bytes in the blob store. */
export type SealedBytes = Pick<SealedPicture, "blobId" | "keyCiphertext" | "storedAt">;

/** As by `withSealedBytes`, of several that stand or fall together. */
export async function withAllSealed<Result>(
  ctx: PhotoContext,
  all: readonly Uint8Array[],
  work: (tx: Kysely<Tables>, sealed: SealedBytes[]) => Promise<Result>,
): Promise<Result> {
  const stored: SealedBytes[] = [];
  try {
    for (const bytes of all) {
      const blobId = ctx.newId();
      const { key, sealed } = sealBlob(blobId, bytes, ctx.random);
      await ctx.blobs.put(blobId, sealed);
      stored.push({
        blobId,
        keyCiphertext: ctx.personalData.seal("blob-key", Buffer.from(key).toString("base64")),
        storedAt: new Date(ctx.clock.nowMs()),
      });
    }
    return await ctx.db.transaction().execute((tx) => work(tx, stored));
  } catch (error) {
    await deletePhotoFiles(
      ctx,
      stored.map(({ blobId }) => blobId),
    );
    throw error;
  }
}

/** A person's picture, if there is one, stored with `work` as by `withSealedPicture`. */
export async function withPhoto<Result>(
  ctx: PhotoContext,
  photo: { personId: PersonId; kind: BlobKind; picture: Picture } | null,
  work: (tx: Kysely<Tables>, blobId: string | null) => Promise<Result>,
): Promise<Result> {
  if (!photo) return await ctx.db.transaction().execute((tx) => work(tx, null));
  const { personId, kind, picture } = photo;
  return await withSealedPicture(ctx, picture, async (tx, sealed) => {
    await insertBlob(tx, {
      blob_id: sealed.blobId,
      person_id: personId,
      kind,
      media_type: sealed.mediaType,
      size_bytes: sealed.sizeBytes,
      key_ciphertext: sealed.keyCiphertext,
      stored_at: sealed.storedAt,
    });
    return await work(tx, sealed.blobId);
  });
}

/** The bytes of a picture in clear, by the key that its row keeps. */
export async function openSealedPicture(
  ctx: Pick<AppContext, "blobs" | "personalData">,
  blobId: string,
  keyCiphertext: Uint8Array,
): Promise<Uint8Array> {
  const key = Buffer.from(ctx.personalData.open("blob-key", keyCiphertext), "base64");
  return openBlob(blobId, await ctx.blobs.get(blobId), key);
}

/** A person's stored picture in clear. */
export async function openPhoto(
  ctx: Pick<AppContext, "db" | "blobs" | "personalData">,
  blobId: string,
): Promise<{ type: string; bytes: Uint8Array }> {
  const row = await selectBlob(ctx.db, blobId);
  return { type: row.media_type, bytes: await openSealedPicture(ctx, blobId, row.key_ciphertext) };
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
