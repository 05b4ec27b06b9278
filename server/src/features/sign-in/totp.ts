import type { RandomBytes } from "@hanyouxu/protocol";
import { Secret, TOTP } from "otpauth";

const periodSeconds = 30;

/** A new secret of 160 bits (RFC 4226 §4 R6), base32. */
export function newTotpSecret(random: RandomBytes): string {
  return new Secret({ buffer: random(20).buffer as ArrayBuffer }).base32;
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString();
}

/**
 * The time step that `token` belongs to: the current one or one to either side (RFC 6238 §5.2); undefined when it fits
 * none. The caller refuses a step that was used before.
 */
export function totpStep(secret: string, token: string, nowMs: number): number | undefined {
  const delta = totpOf(secret, "").validate({ token, timestamp: nowMs, window: 1 });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / periodSeconds) + delta;
}

/** The token of this moment, as an authenticator app would show it. */
export function currentTotp(secret: string, nowMs: number): string {
  return totpOf(secret, "").generate({ timestamp: nowMs });
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: "Hanyouxu",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  });
}
