import { createHash } from "node:crypto";
import { bilingual, type ProfileContent } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import { sniffPicture } from "../../blobs/sniff-picture.ts";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { openSealedPicture, pictureOf, withSealedPicture } from "../photos/photos.ts";
import { deleteUnusedPictures, insertPicture, lockPictures, selectPicture } from "./picture-queries.ts";

/** Long enough to finish the profile that a picture was uploaded for. */
const UNUSED_KEPT_MS = 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 100;

type UploadContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "log" | "audit"
>;

/**
 * Keeps a picture for a step, without what the camera wrote beside the image.
 * @throws AppError request.invalid, naming body.photo
 */
export async function addModelPicture(ctx: UploadContext, base64: string, actor: PersonId): Promise<string> {
  const picture = pictureOf(base64);
  if (!sniffPicture(picture.bytes)) {
    throw new AppError("request.invalid", { fields: [{ path: "body.photo", message: oversized }] });
  }
  const sha256 = createHash("sha256").update(picture.bytes).digest();
  return await withSealedPicture(ctx, picture, async (tx, sealed) => {
    await insertPicture(tx, {
      picture_id: sealed.blobId,
      media_type: sealed.mediaType,
      size_bytes: sealed.sizeBytes,
      sha256,
      key_ciphertext: sealed.keyCiphertext,
      uploaded_by: actor,
      uploaded_at: sealed.storedAt,
    });
    await ctx.audit.record(tx, {
      actor,
      action: "model_picture.uploaded",
      subject: `model-picture:${sealed.blobId}`,
      details: { sha256: sha256.toString("hex"), sizeBytes: sealed.sizeBytes },
    });
    return sealed.blobId;
  });
}

const oversized = bilingual(
  "图片每边应为 1 至 8192 像素，请缩小后再上传",
  "Each side of the picture must have 1 to 8192 pixels: make it smaller and upload it again",
);

/** @throws AppError picture.not_found */
export async function openModelPicture(
  ctx: Pick<AppContext, "db" | "blobs" | "personalData">,
  pictureKey: string,
): Promise<{ type: string; bytes: Uint8Array }> {
  const row = await selectPicture(ctx.db, pictureKey);
  if (!row) throw new AppError("picture.not_found");
  return { type: row.media_type, bytes: await openSealedPicture(ctx, pictureKey, row.key_ciphertext) };
}

/**
 * The pictures that a profile's steps show, held until the transaction ends.
 * @throws AppError request.invalid, naming each step whose picture is not there
 */
export async function requirePictures(
  tx: Kysely<Tables>,
  steps: ProfileContent["steps"],
): Promise<readonly string[]> {
  const shown = [...new Set(steps.flatMap(({ pictureKey }) => pictureKey ?? []))];
  if (shown.length === 0) return shown;
  const there = await lockPictures(tx, shown);
  const fields = steps.flatMap(({ pictureKey }, index) =>
    pictureKey === null || there.has(pictureKey)
      ? []
      : [{ path: `body.content.steps.${index}.pictureKey`, message: missing(index + 1) }],
  );
  if (fields.length > 0) throw new AppError("request.invalid", { fields });
  return shown;
}

function missing(number: number): string {
  return bilingual(
    `第 ${number} 步的图片已不在平台上，请重新上传或删除图片`,
    `The picture of step ${number} is no longer there: upload it again or remove it`,
  );
}

/** Pictures that were uploaded more than a day ago and that no version of a profile shows. */
export async function forgetUnusedPictures(ctx: Pick<AppContext, "db" | "clock" | "blobs">): Promise<void> {
  const before = new Date(ctx.clock.nowMs() - UNUSED_KEPT_MS);
  const forgotten = await ctx.db
    .transaction()
    .execute((tx) => deleteUnusedPictures(tx, before, FORGOTTEN_AT_ONCE));
  // Last: a row without its blob would be a broken picture, a blob without its row can be read by nobody.
  for (const blobId of forgotten) await ctx.blobs.delete(blobId);
}
