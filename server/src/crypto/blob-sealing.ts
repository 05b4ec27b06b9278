import { createCipheriv, createDecipheriv } from "node:crypto";
import type { RandomBytes } from "@hanyouxu/protocol";

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a new key: nonce ‖ ciphertext ‖ tag. The blob's id is authenticated, so none stands for another. */
export function sealBlob(
  blobId: string,
  bytes: Uint8Array,
  random: RandomBytes,
): { key: Uint8Array; sealed: Uint8Array } {
  const key = random(keyBytes);
  const nonce = random(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(blobId));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return { key, sealed: new Uint8Array(Buffer.concat([nonce, body, cipher.getAuthTag()])) };
}

/** @throws when the bytes were altered, are another blob's or the key is wrong */
export function openBlob(blobId: string, sealed: Uint8Array, key: Uint8Array): Uint8Array {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes))
    .setAAD(Buffer.from(blobId))
    .setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const body = sealed.subarray(nonceBytes, sealed.length - tagBytes);
  return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
}
