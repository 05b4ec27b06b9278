import { createHmac, timingSafeEqual } from "node:crypto";

/** 5 bytes that find the clearance, 7 bytes that prove the moment. */
const ID_BYTES = 5;
const MAC_BYTES = 7;
/** RFC 4648 base32 without letters and digits that look alike. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_CHARACTERS = Math.ceil(((ID_BYTES + MAC_BYTES) * 8) / 5);

export interface SiteCodeSecret {
  siteCodeId: Uint8Array;
  siteCodeKey: Uint8Array;
  /** How long one code lives. */
  siteCodeSeconds: number;
}

/**
 * The site code of a moment, in the manner of TOTP (RFC 6238): 20 characters that change every `siteCodeSeconds`.
 * @param atMs milliseconds since 1970
 */
export function siteCodeAt(secret: SiteCodeSecret, atMs: number): { code: string; validSeconds: number } {
  const stepMs = secret.siteCodeSeconds * 1000;
  const step = Math.floor(atMs / stepMs);
  const bytes = new Uint8Array(ID_BYTES + MAC_BYTES);
  bytes.set(secret.siteCodeId);
  bytes.set(macOf(secret, step), ID_BYTES);
  return { code: toText(bytes), validSeconds: ((step + 1) * stepMs - atMs) / 1000 };
}

/** The clearance that a code names, in any spelling or as the page's address; undefined when it is no site code. */
export function siteCodeIdIn(text: string): { siteCodeId: Uint8Array; code: string } | undefined {
  const code = (text.split(/[/=#?]/).pop() ?? "").toUpperCase().replaceAll(/[\s-]/g, "");
  if (code.length !== CODE_CHARACTERS) return undefined;
  const bytes = fromText(code);
  return bytes && { siteCodeId: bytes.slice(0, ID_BYTES), code };
}

/** Whether a code is this moment's, or the one before: scanning and sending take their time. */
export function isSiteCodeFresh(secret: SiteCodeSecret, code: string, atMs: number): boolean {
  const given = fromText(code);
  if (!given) return false;
  const step = Math.floor(atMs / (secret.siteCodeSeconds * 1000));
  const mac = given.slice(ID_BYTES);
  return [step, step - 1].some((one) => timingSafeEqual(mac, macOf(secret, one)));
}

function macOf({ siteCodeId, siteCodeKey }: SiteCodeSecret, step: number): Uint8Array {
  const moment = new Uint8Array(8);
  new DataView(moment.buffer).setBigUint64(0, BigInt(step));
  const digest = createHmac("sha256", siteCodeKey)
    .update("site-code")
    .update(siteCodeId)
    .update(moment)
    .digest();
  return new Uint8Array(digest.subarray(0, MAC_BYTES));
}

function toText(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  bits <<= BigInt(CODE_CHARACTERS * 5 - bytes.length * 8);
  let text = "";
  for (let index = CODE_CHARACTERS - 1; index >= 0; index--) {
    text += ALPHABET[Number((bits >> BigInt(index * 5)) & 31n)];
  }
  return text;
}

function fromText(text: string): Uint8Array | undefined {
  let bits = 0n;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    bits = (bits << 5n) | BigInt(value);
  }
  const padding = BigInt(CODE_CHARACTERS * 5 - (ID_BYTES + MAC_BYTES) * 8);
  // One spelling a code: what no byte carries is zero.
  if ((bits & ((1n << padding) - 1n)) !== 0n) return undefined;
  bits >>= padding;
  const bytes = new Uint8Array(ID_BYTES + MAC_BYTES);
  for (let index = bytes.length - 1; index >= 0; index--) {
    bytes[index] = Number(bits & 255n);
    bits >>= 8n;
  }
  return bytes;
}
