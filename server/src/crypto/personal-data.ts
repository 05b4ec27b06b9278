import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import type { RandomBytes } from "@hanyouxu/protocol";

/** A key of the master key ring: 32 bytes and the number that names it in every sealed value. */
export interface MasterKey {
  id: number;
  bytes: Uint8Array;
}

/** What a sealed value belongs to, so that it cannot be moved to another column or find another column's values. */
export type PersonalField =
  | "phone"
  | "identity-number"
  | "certificate-number"
  | "name"
  | "totp-secret"
  | "blob-key"
  | "import-file"
  | "demo-password"
  | "area-contacts"
  | "evidence-position"
  | "email"
  | "push-subscription";

/** Personal data at rest: encrypted, and found again only by a keyed index. */
export interface PersonalData {
  /** AES-256-GCM: key id ‖ nonce ‖ ciphertext ‖ tag; the field is authenticated. */
  seal(field: PersonalField, text: string): Uint8Array;
  /** @throws when the value was altered, belongs to another field or its key is gone. */
  open(field: PersonalField, sealed: Uint8Array): string;
  /** HMAC-SHA256 (32 bytes) to find equal values of one field; it does not depend on the current master key. */
  blindIndex(field: PersonalField, text: string): Uint8Array;
}

const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + nonceBytes;

/**
 * @param ring at least one key; the first seals, all open.
 * @param indexKey 32 bytes, never rotated (rotating means rebuilding every index).
 */
export function personalData(
  ring: readonly MasterKey[],
  indexKey: Uint8Array,
  random: RandomBytes,
): PersonalData {
  const [current] = ring;
  if (!current) throw new Error("no master key given");
  const encryptionKeys = new Map(
    ring.map(({ id, bytes }) => [id, derive(bytes, "personal-data encryption")]),
  );
  const currentKey = encryptionKeys.get(current.id)!;
  return {
    seal(field, text) {
      const nonce = random(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", currentKey, nonce).setAAD(Buffer.from(field));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([Buffer.of(current.id), nonce, body, cipher.getAuthTag()]));
    },
    open(field, sealed) {
      const key = encryptionKeys.get(sealed[0] ?? -1);
      if (!key || sealed.length < headerBytes + tagBytes) {
        throw new Error(`no master key opens this ${field} (key id ${sealed[0]})`);
      }
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, headerBytes))
        .setAAD(Buffer.from(field))
        .setAuthTag(sealed.subarray(sealed.length - tagBytes));
      const body = sealed.subarray(headerBytes, sealed.length - tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
    blindIndex: (field, text) =>
      new Uint8Array(createHmac("sha256", indexKey).update(`${field}\0${text}`, "utf8").digest()),
  };
}

function derive(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, new Uint8Array(0), purpose, 32));
}
