import { createCipheriv, createDecipheriv } from "node:crypto";
import type { RandomBytes } from "@hanyouxu/protocol";

/** Clear bytes of a segment; the last of a blob may be shorter. */
export const SEGMENT_BYTES = 64 * 1024;
const nonceBytes = 12;
const tagBytes = 16;
/** Bytes of a whole segment where it lies. */
export const SEALED_SEGMENT_BYTES = nonceBytes + SEGMENT_BYTES + tagBytes;

/** A file too large for memory: segments sealed one by one under one key, in their order. */
export interface SegmentedBlob {
  blobId: string;
  /** 32 bytes, of this blob only. */
  key: Uint8Array;
}

/**
 * AES-256-GCM: nonce ‖ ciphertext ‖ tag. Blob and number are authenticated, so that no segment stands for another; how many
 * there are is for who keeps the blob's size. The nonce is random: a segment that is written again is other bytes.
 */
export function sealSegment(
  { blobId, key }: SegmentedBlob,
  index: number,
  bytes: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const nonce = random(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(placeOf(blobId, index));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when the bytes were altered, are another segment's or the key is wrong */
export function openSegment({ blobId, key }: SegmentedBlob, index: number, sealed: Uint8Array): Uint8Array {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes))
    .setAAD(placeOf(blobId, index))
    .setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const body = sealed.subarray(nonceBytes, sealed.length - tagBytes);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

function placeOf(blobId: string, index: number): Buffer {
  return Buffer.from(`${blobId}/${index}`);
}
