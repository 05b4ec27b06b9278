import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock, RandomBytes } from "@hanyouxu/protocol";

export const RENEWAL_NONCE_MS = 5 * 60 * 1000;
const TIME_BYTES = 6;
const RANDOM_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Nonces that no server has to remember: time ‖ random ‖ HMAC, Base64url. A nonce used twice within its five minutes
 * only renews the same key's certificate again.
 */
export function issueNonce(
  key: Uint8Array,
  clock: Clock,
  random: RandomBytes,
): { nonce: string; expiresAtMs: number } {
  const expiresAtMs = clock.nowMs() + RENEWAL_NONCE_MS;
  const body = Buffer.alloc(TIME_BYTES + RANDOM_BYTES);
  body.writeUIntBE(expiresAtMs, 0, TIME_BYTES);
  body.set(random(RANDOM_BYTES), TIME_BYTES);
  return { nonce: Buffer.concat([body, tagOf(key, body)]).toString("base64url"), expiresAtMs };
}

/** Whether we issued the nonce and its time has not passed. */
export function isNonceGood(nonce: string, key: Uint8Array, clock: Clock): boolean {
  const bytes = Buffer.from(nonce, "base64url");
  if (bytes.length !== TIME_BYTES + RANDOM_BYTES + TAG_BYTES) return false;
  const body = bytes.subarray(0, -TAG_BYTES);
  if (!timingSafeEqual(bytes.subarray(-TAG_BYTES), tagOf(key, body))) return false;
  return body.readUIntBE(0, TIME_BYTES) > clock.nowMs();
}

function tagOf(key: Uint8Array, body: Uint8Array): Buffer {
  return createHmac("sha256", key)
    .update("chip renewal nonce\0")
    .update(body)
    .digest()
    .subarray(0, TAG_BYTES);
}
