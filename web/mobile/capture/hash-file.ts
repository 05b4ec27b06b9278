import { sha256 } from "@noble/hashes/sha2.js";

const PART_BYTES = 1024 * 1024;

/** SHA-256 of a file, hexadecimal, a mebibyte at a time: WebCrypto would need all of a film in memory. */
export async function hashFile(file: Blob): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += PART_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + PART_BYTES).arrayBuffer()));
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
