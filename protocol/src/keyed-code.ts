import { bytesEqual, toBase32 } from "./bytes.ts";
import type { RandomBytes } from "./ports.ts";
import { type Decoded, decoding, RejectedInput } from "./rejection.ts";

/**
 * Codes printed for people and cameras, without I, L, O and U (Crockford's base32), so that they can be read aloud and
 * typed with gloves on:
 *
 *   prefix     what kind of code it is; none for a machine's
 *   9 letters  random id (45 bits)
 *   6 letters  MAC over the id with the platform's code key (30 bits): cannot be forged without asking the platform
 *   1 letter   Luhn mod 32 over all before: a typing slip is caught on the phone
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_LETTERS = 9;
const MAC_LETTERS = 6;

/** HMAC-SHA256 with the platform's machine-code key. */
export type CodeMac = (bytes: Uint8Array) => Uint8Array;

/** What tells one kind of code from another. */
export interface CodeKind {
  /** Letters of the alphabet before the id; kinds differ in their number, so that none is taken for another. */
  prefix: string;
  /** Goes into the MAC before the id, so that a code of one kind makes none of another. Small letters: no id has them. */
  label: string;
  /** For rejections: the field's name. */
  field: string;
}

export function createKeyedCode(kind: CodeKind, random: RandomBytes, mac: CodeMac): string {
  const id = toBase32(random(6), ALPHABET).slice(0, ID_LETTERS);
  const body = kind.prefix + id + macLetters(kind, id, mac);
  return body + checkLetter(body);
}

/**
 * Reads what a scanner or a person gives: the bare code with or without dashes and spaces, in any case, or a URL that
 * ends in it. Only the form and the check letter are tested; `isAuthenticCode` tests the MAC.
 */
export function parseKeyedCode(kind: CodeKind, text: string): Decoded<string> {
  return decoding(() => {
    if (text.length > 300) throw new RejectedInput("too-large", kind.field);
    const lastSegment = text.trim().split(/[?#]/, 1)[0]!.split("/").filter(Boolean).at(-1) ?? "";
    const letters = lastSegment
      .toUpperCase()
      .replaceAll(/[\s-]/g, "")
      .replaceAll("O", "0")
      .replaceAll(/[IL]/g, "1");
    const length = kind.prefix.length + ID_LETTERS + MAC_LETTERS + 1;
    if (letters.length !== length || !letters.startsWith(kind.prefix))
      throw new RejectedInput("wrong-shape", kind.field);
    for (const letter of letters) {
      if (!ALPHABET.includes(letter)) throw new RejectedInput("wrong-shape", kind.field);
    }
    if (checkLetter(letters.slice(0, -1)) !== letters.at(-1))
      throw new RejectedInput("bad-checksum", kind.field);
    return letters;
  });
}

/** False for a code that this platform did not make. */
export function isAuthenticCode(kind: CodeKind, code: string, mac: CodeMac): boolean {
  const from = kind.prefix.length;
  const expected = macLetters(kind, code.slice(from, from + ID_LETTERS), mac);
  const given = code.slice(from + ID_LETTERS, from + ID_LETTERS + MAC_LETTERS);
  return bytesEqual(letterBytes(expected), letterBytes(given));
}

function macLetters({ label }: CodeKind, id: string, mac: CodeMac): string {
  return toBase32(mac(letterBytes(label + id)).subarray(0, 4), ALPHABET).slice(0, MAC_LETTERS);
}

function letterBytes(letters: string): Uint8Array {
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Luhn mod N with N = 32: catches every single wrong letter and nearly every swap of neighbours. */
function checkLetter(letters: string): string {
  let sum = 0;
  for (let index = letters.length - 1, factor = 2; index >= 0; index--, factor = 3 - factor) {
    const addend = factor * ALPHABET.indexOf(letters[index]!);
    sum += Math.floor(addend / 32) + (addend % 32);
  }
  return ALPHABET[(32 - (sum % 32)) % 32]!;
}
