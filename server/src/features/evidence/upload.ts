import type { AppContext } from "../../context.ts";
import {
  SEALED_SEGMENT_BYTES,
  SEGMENT_BYTES,
  type SegmentedBlob,
  sealSegment,
} from "../../crypto/segment-sealing.ts";
import { AppError } from "../../errors.ts";
import { SEGMENTS_AT_ONCE, segmentsOf } from "./open-evidence.ts";
import { type EvidenceRow, moveOffset } from "./queries.ts";

/** So many clear bytes are made durable at once. */
const RUN_BYTES = SEGMENTS_AT_ONCE * SEGMENT_BYTES;

type UploadContext = Pick<AppContext, "db" | "clock" | "random" | "blobs" | "personalData">;

/**
 * Takes the bytes of one request, a mebibyte at a time: sealed, on the disk, then in the row, then counted. Memory stays
 * the same whatever comes. What lies beyond the last whole segment of a request that broke off is sent again.
 * @returns the new offset
 * @throws AppError evidence.offset_conflict | evidence.too_many_bytes | evidence.chunk_too_small
 */
export async function takeBytes(
  ctx: UploadContext,
  row: EvidenceRow,
  body: AsyncIterable<Uint8Array>,
  isOvertaken: () => boolean,
): Promise<number> {
  const blob = segmentsOf(ctx, row);
  const held = new HeldBytes();
  let offset = row.received_bytes;
  let received = 0;
  const keep = async (isEnd: boolean) => {
    while (held.length >= (isEnd ? 1 : RUN_BYTES)) {
      const end = offset + Math.min(held.length, RUN_BYTES);
      // Only the end of the whole may lie within a segment.
      const until = end === row.size_bytes ? end : end - (end % SEGMENT_BYTES);
      if (until === offset || isOvertaken()) return;
      await writeSegments(ctx, blob, offset, held.take(until - offset));
      const isMoved = await moveOffset(ctx.db, row.evidence_id, offset, until, new Date(ctx.clock.nowMs()));
      if (!isMoved) throw new AppError("evidence.offset_conflict");
      offset = until;
    }
  };
  try {
    for await (const part of body) {
      if (isOvertaken()) break;
      received += part.length;
      if (row.received_bytes + received > row.size_bytes) throw new AppError("evidence.too_many_bytes");
      held.add(part);
      await keep(false);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The link broke: nobody hears the answer, but what has come is kept.
    await keep(true);
    return offset;
  }
  await keep(true);
  if (offset === row.received_bytes) {
    throw new AppError(isOvertaken() ? "evidence.offset_conflict" : "evidence.chunk_too_small");
  }
  return offset;
}

async function writeSegments(
  ctx: Pick<AppContext, "random" | "blobs">,
  blob: SegmentedBlob,
  offset: number,
  bytes: Uint8Array,
): Promise<void> {
  const first = offset / SEGMENT_BYTES;
  const sealed: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) {
    const index = first + at / SEGMENT_BYTES;
    sealed.push(sealSegment(blob, index, bytes.subarray(at, at + SEGMENT_BYTES), ctx.random));
  }
  await ctx.blobs.write(blob.blobId, first * SEALED_SEGMENT_BYTES, Buffer.concat(sealed));
}

/** Bytes that have come and are not durable yet. */
class HeldBytes {
  #parts: Uint8Array[] = [];
  length = 0;

  add(part: Uint8Array): void {
    this.#parts.push(part);
    this.length += part.length;
  }

  take(length: number): Uint8Array {
    const all = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    const rest = all.subarray(length);
    this.#parts = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    return all.subarray(0, length);
  }
}

/**
 * One writer an upload in this process: a phone that lost its link comes back before the old request has ended, and the
 * newest one writes. Across processes the row decides, by its offset.
 */
export class UploadTurns {
  readonly #turns = new Map<string, { isOvertaken: boolean; done: Promise<unknown> }>();

  async take<Result>(
    evidenceId: string,
    work: (isOvertaken: () => boolean) => Promise<Result>,
  ): Promise<Result> {
    const before = this.#turns.get(evidenceId);
    const turn = { isOvertaken: false, done: Promise.resolve() as Promise<unknown> };
    if (before) before.isOvertaken = true;
    this.#turns.set(evidenceId, turn);
    const run = (before?.done ?? Promise.resolve()).then(() => work(() => turn.isOvertaken));
    turn.done = run.then(
      () => {},
      () => {},
    );
    try {
      return await run;
    } finally {
      if (this.#turns.get(evidenceId) === turn) this.#turns.delete(evidenceId);
    }
  }
}
