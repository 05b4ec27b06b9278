import { createHash, timingSafeEqual } from "node:crypto";
import { bytesToHex, type ChipId, ES256, KEY_ID_BYTES, openPicture, type Picture } from "@hanyouxu/protocol";
import { sniffPicture } from "../../blobs/sniff-picture.ts";
import type { AppContext } from "../../context.ts";
import { isSignedBy } from "../../crypto/is-signed-by.ts";
import { openSegment, type SegmentedBlob, sealSegment } from "../../crypto/segment-sealing.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { AppError } from "../../errors.ts";
import { occurredAtMs } from "../chip-events/chip-events.ts";
import { withSealedBytes } from "../photos/photos.ts";
import {
  cameraOf,
  deleteParts,
  findAnnounced,
  insertPart,
  insertPicture,
  isWorkSession,
  selectAnnouncer,
  selectParts,
  selectUpload,
  type UploadRow,
  updatePicture,
} from "./upload-queries.ts";

/** Parts that are still missing are waited for so long; announced again, the time begins anew. */
const UPLOAD_MS = 24 * 3_600_000;
const TOKEN_BYTES = 24;

type ReceiveContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "log" | "frameDetector"
>;

export interface AnnouncedPicture {
  pictureId: string;
  state: "uploading" | "stored";
  offset: number;
  uploadToken: string | null;
  expiresAt: Date | null;
}

/**
 * Takes a chip's word for a picture. Said again, it is the same picture: the answer tells how much of it is here and
 * gives a new token for the rest.
 * @throws AppError camera.announcement_invalid | camera.announcement_untrusted | camera.chip_unfitted
 */
export async function announcePicture(
  ctx: ReceiveContext,
  chipId: ChipId,
  announcement: Uint8Array,
): Promise<AnnouncedPicture> {
  const announcer = await selectAnnouncer(ctx.db, chipId);
  if (!announcer || announcer.revoked_at !== null) throw new AppError("camera.announcement_untrusted");
  const opened = openPicture(announcement, verifierOf(announcer.spki));
  if (!opened.ok) {
    const isForged = opened.reason.code === "bad-signature";
    throw new AppError(isForged ? "camera.announcement_untrusted" : "camera.announcement_invalid");
  }
  const picture = opened.value;
  const { machine_id, region_code, enterprise_id } = announcer;
  if (!machine_id || !region_code || !enterprise_id) throw new AppError("camera.chip_unfitted");
  const nowMs = ctx.clock.nowMs();
  const uploadToken = Buffer.from(ctx.random(TOKEN_BYTES)).toString("base64url");
  const expiresAt = new Date(nowMs + UPLOAD_MS);
  const fresh = { upload_token_hash: hashOf(uploadToken), upload_expires_at: expiresAt };
  const pictureId = ctx.newId();
  const key = Buffer.from(ctx.random(32)).toString("base64");
  const isNew = await ctx.db.transaction().execute(async (tx) => {
    const { workSessionId } = picture;
    return await insertPicture(tx, {
      picture_id: pictureId,
      camera_id: await cameraOf(tx, {
        cameraId: ctx.newId(),
        machineId: machine_id,
        number: picture.camera,
        now: new Date(nowMs),
      }),
      machine_id,
      chip_id: chipId,
      ...saidOf(picture),
      work_session_id: workSessionId && (await isWorkSession(tx, workSessionId)) ? workSessionId : null,
      region_code,
      enterprise_id,
      taken_at: new Date(occurredAtMs(picture, nowMs, announcer.clock_skew_ms)),
      announcement,
      announced_at: new Date(nowMs),
      key_ciphertext: ctx.personalData.seal("blob-key", key),
      ...fresh,
    });
  });
  if (isNew) return { pictureId, state: "uploading", offset: 0, uploadToken, expiresAt };
  const known = (await findAnnounced(ctx.db, chipId, picture.boot, picture.picture))!;
  // One number, one picture: a chip that says otherwise is not believed.
  if (bytesToHex(known.sha256) !== picture.sha256) throw new AppError("camera.announcement_invalid");
  const offset = known.received_bytes;
  if (known.stored_at) {
    return { pictureId: known.picture_id, state: "stored", offset, uploadToken: null, expiresAt: null };
  }
  await updatePicture(ctx.db, known.picture_id, fresh);
  return { pictureId: known.picture_id, state: "uploading", offset, uploadToken, expiresAt };
}

/**
 * Takes one part; with the last, the whole is compared with what the chip has signed, and kept.
 * @returns the new offset
 * @throws AppError camera.upload_untrusted | camera.offset_conflict | camera.picture_damaged
 */
export async function appendPart(
  ctx: ReceiveContext,
  pictureId: string,
  uploadToken: string,
  fromByte: number,
  part: Uint8Array,
): Promise<number> {
  const row = await selectUpload(ctx.db, pictureId);
  if (!row || !mayUpload(row, uploadToken, ctx.clock.nowMs())) throw new AppError("camera.upload_untrusted");
  requireOffset(row, fromByte);
  const end = fromByte + part.length;
  if (part.length === 0 || end > row.size_bytes) throw new AppError("camera.picture_damaged");
  const blob = partsOf(ctx, row);
  if (end < row.size_bytes) {
    const sealed = sealSegment(blob, fromByte, part, ctx.random);
    await ctx.db.transaction().execute(async (tx) => {
      requireOffset((await selectUpload(tx, pictureId, true))!, fromByte);
      await insertPart(tx, { picture_id: pictureId, from_byte: fromByte, sealed });
      await updatePicture(tx, pictureId, { received_bytes: end });
    });
    return end;
  }
  const before = (await selectParts(ctx.db, pictureId)).map(({ from_byte, sealed }) =>
    openSegment(blob, from_byte, sealed),
  );
  const bytes = new Uint8Array(Buffer.concat([...before, part]));
  if (!isAsAnnounced(row, bytes)) {
    await ctx.db.transaction().execute(async (tx) => {
      await deleteParts(tx, pictureId);
      await updatePicture(tx, pictureId, { received_bytes: 0 });
    });
    throw new AppError("camera.picture_damaged");
  }
  const isLookedAt = ctx.frameDetector !== undefined && row.purpose !== "live" && row.purpose !== "clip";
  await withSealedBytes(ctx, bytes, async (tx, kept) => {
    requireOffset((await selectUpload(tx, pictureId, true))!, fromByte);
    await deleteParts(tx, pictureId);
    await updatePicture(tx, pictureId, {
      received_bytes: end,
      stored_at: kept.storedAt,
      blob_id: kept.blobId,
      key_ciphertext: kept.keyCiphertext,
      upload_token_hash: null,
      ...(isLookedAt ? { detection_state: "waiting" as const } : {}),
    });
  });
  return end;
}

function saidOf(picture: Picture) {
  return {
    boot: picture.boot,
    picture_number: picture.picture,
    purpose: picture.purpose,
    event_seq: picture.eventSeq,
    command_id: picture.commandId,
    clock_trust: picture.clockTrust,
    width_pixels: picture.widthPixels,
    height_pixels: picture.heightPixels,
    size_bytes: picture.sizeBytes,
    sha256: Buffer.from(picture.sha256, "hex"),
  };
}

/** Trusts one chip's key. */
function verifierOf(spki: Uint8Array): Parameters<typeof openPicture>[1] {
  const keyId = sha256(spki).slice(0, KEY_ID_BYTES);
  return {
    verify: (algorithm, saidKeyId, toBeSigned, signature) =>
      algorithm === ES256 &&
      Buffer.compare(saidKeyId, keyId) === 0 &&
      isSignedBy(spki, toBeSigned, signature),
  };
}

function mayUpload(row: UploadRow, token: string, nowMs: number): boolean {
  const { upload_token_hash: kept, upload_expires_at, stored_at } = row;
  if (!kept || stored_at || upload_expires_at.getTime() <= nowMs) return false;
  return timingSafeEqual(Buffer.from(kept), hashOf(token));
}

function requireOffset(row: UploadRow, fromByte: number): void {
  if (row.stored_at || row.received_bytes !== fromByte) {
    throw new AppError("camera.offset_conflict", { details: { offset: row.received_bytes } });
  }
}

function isAsAnnounced(row: UploadRow, bytes: Uint8Array): boolean {
  const seen = sniffPicture(bytes);
  if (seen?.mediaType !== "image/jpeg" || Buffer.compare(sha256(bytes), row.sha256) !== 0) return false;
  return seen.width === row.width_pixels && seen.height === row.height_pixels;
}

function partsOf(ctx: Pick<AppContext, "personalData">, row: UploadRow): SegmentedBlob {
  const key = Buffer.from(ctx.personalData.open("blob-key", row.key_ciphertext!), "base64");
  return { blobId: row.picture_id, key };
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
