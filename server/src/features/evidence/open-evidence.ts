import type { EvidenceId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import {
  openSegment,
  SEALED_SEGMENT_BYTES,
  SEGMENT_BYTES,
  type SegmentedBlob,
} from "../../crypto/segment-sealing.ts";
import { AppError } from "../../errors.ts";
import { cleanPicture } from "../../pictures/clean-picture.ts";
import { openSealedPicture } from "../photos/photos.ts";
import { type EvidenceRow, selectEvidence } from "./queries.ts";

/** Segments read at once: a mebibyte, whatever the size of the whole. */
export const SEGMENTS_AT_ONCE = 16;

type OpenContext = Pick<AppContext, "db" | "blobs" | "personalData">;

export interface OpenedEvidence {
  mediaType: string;
  sizeBytes: number;
  /** The bytes from `fromByte` up to, not including, `toByte`. */
  read(fromByte: number, toByte: number): AsyncIterable<Uint8Array>;
}

/**
 * The clear bytes of evidence that was accepted, for callers that have asked whether they may be seen: a photo without
 * what the camera wrote beside it, a film as it is.
 * @throws AppError evidence.not_found
 */
export async function openEvidence(ctx: OpenContext, evidenceId: string): Promise<OpenedEvidence> {
  const row = await selectEvidence(ctx.db, evidenceId);
  if (row?.state !== "accepted" || row.key_ciphertext === null || row.media_type === null)
    throw new AppError("evidence.not_found");
  const original = segmentsOf(ctx, row);
  if (row.kind === "video") {
    const read = (fromByte: number, toByte: number) =>
      readSegments(ctx, original, row.size_bytes, fromByte, toByte);
    return { mediaType: row.media_type, sizeBytes: row.size_bytes, read };
  }
  const picture = cleanPicture(await readWhole(ctx, original, row.size_bytes));
  if (!picture) throw new Error(`evidence ${evidenceId} was accepted and is no picture`);
  return {
    mediaType: picture.type,
    sizeBytes: picture.bytes.length,
    async *read(fromByte, toByte) {
      yield picture.bytes.subarray(fromByte, toByte);
    },
  };
}

/** A small JPEG of it: of a film, its poster frame. @throws AppError evidence.not_found */
export async function evidencePreview(ctx: OpenContext, evidenceId: string): Promise<Uint8Array> {
  const row = await selectEvidence(ctx.db, evidenceId);
  if (!row?.preview_blob_id || row.preview_key_ciphertext === null || row.state !== "accepted")
    throw new AppError("evidence.not_found");
  return await openSealedPicture(ctx, row.preview_blob_id, row.preview_key_ciphertext);
}

/** The blob of evidence, by the key that its row keeps. @throws AppError evidence.not_found once its key is erased */
export function segmentsOf(
  ctx: Pick<AppContext, "personalData">,
  row: Pick<EvidenceRow, "evidence_id" | "key_ciphertext">,
): SegmentedBlob {
  if (row.key_ciphertext === null) throw new AppError("evidence.not_found");
  const key = Buffer.from(ctx.personalData.open("blob-key", row.key_ciphertext), "base64");
  return { blobId: row.evidence_id as EvidenceId, key };
}

/** The clear bytes of a part of a blob of `sizeBytes`, a mebibyte at a time. */
export async function* readSegments(
  ctx: Pick<AppContext, "blobs">,
  blob: SegmentedBlob,
  sizeBytes: number,
  fromByte: number,
  toByte: number,
): AsyncGenerator<Uint8Array> {
  const end = Math.min(toByte, sizeBytes);
  let at = fromByte;
  while (at < end) {
    const first = Math.floor(at / SEGMENT_BYTES);
    const last = Math.min(Math.ceil(end / SEGMENT_BYTES), first + SEGMENTS_AT_ONCE);
    const atBytes = first * SEALED_SEGMENT_BYTES;
    const sealed = await ctx.blobs.read(blob.blobId, atBytes, (last - first) * SEALED_SEGMENT_BYTES);
    for (let index = first; index < last; index++) {
      const begin = (index - first) * SEALED_SEGMENT_BYTES;
      const bytes = openSegment(blob, index, sealed.subarray(begin, begin + SEALED_SEGMENT_BYTES));
      const startsAt = index * SEGMENT_BYTES;
      const whole = Math.min(SEGMENT_BYTES, sizeBytes - startsAt);
      if (bytes.length !== whole) throw new Error(`segment ${index} of ${blob.blobId} is not whole`);
      yield bytes.subarray(Math.max(0, at - startsAt), Math.min(bytes.length, end - startsAt));
      at = startsAt + bytes.length;
    }
  }
}

export async function readWhole(
  ctx: Pick<AppContext, "blobs">,
  blob: SegmentedBlob,
  sizeBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of readSegments(ctx, blob, sizeBytes, 0, sizeBytes)) parts.push(part);
  return Buffer.concat(parts);
}
