import { bytesEqual, toBase32 } from "./bytes.ts";
import type { RandomBytes } from "./ports.ts";
import { type Decoded, decoding, RejectedInput } from "./rejection.ts";
import type { MachineCode } from "./units.ts";

/**
 * The code on a machine's label: 16 letters in four groups, without I, L, O and U (Crockford's base32), so that it can
 * be read aloud and typed with gloves on.
 *
 *   9 letters  random id (45 bits)
 *   6 letters  MAC over the id with the platform's code key (30 bits): cannot be forged without asking the platform
 *   1 letter   Luhn mod 32 over the 15 before: a typing slip is caught on the phone
 */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_LETTERS = 9;
const MAC_LETTERS = 6;
const CODE_LETTERS = ID_LETTERS + MAC_LETTERS + 1;

/** HMAC-SHA256 with the platform's machine-code key. */
export type CodeMac = (bytes: Uint8Array) => Uint8Array;

export function createMachineCode(random: RandomBytes, mac: CodeMac): MachineCode {
  const id = toBase32(random(6), ALPHABET).slice(0, ID_LETTERS);
  const body = id + macLetters(id, mac);
  return (body + checkLetter(body)) as MachineCode;
}

/**
 * Reads what a scanner or a person gives: the bare code with or without dashes and spaces, in any case, or a URL that
 * ends in it. Only the form and the check letter are tested; `isAuthenticMachineCode` tests the MAC.
 */
export function parseMachineCode(text: string): Decoded<MachineCode> {
  return decoding(() => {
    if (text.length > 300) throw new RejectedInput("too-large", "machineCode");
    const lastSegment = text.trim().split(/[?#]/, 1)[0]!.split("/").filter(Boolean).at(-1) ?? "";
    const letters = lastSegment
      .toUpperCase()
      .replaceAll(/[\s-]/g, "")
      .replaceAll("O", "0")
      .replaceAll(/[IL]/g, "1");
    if (letters.length !== CODE_LETTERS) throw new RejectedInput("wrong-shape", "machineCode");
    for (const letter of letters) {
      if (!ALPHABET.includes(letter)) throw new RejectedInput("wrong-shape", "machineCode");
    }
    if (checkLetter(letters.slice(0, -1)) !== letters.at(-1))
      throw new RejectedInput("bad-checksum", "machineCode");
    return letters as MachineCode;
  });
}

/** False for a code that this platform did not make. */
export function isAuthenticMachineCode(code: MachineCode, mac: CodeMac): boolean {
  const expected = macLetters(code.slice(0, ID_LETTERS), mac);
  return bytesEqual(letterBytes(expected), letterBytes(code.slice(ID_LETTERS, ID_LETTERS + MAC_LETTERS)));
}

/** As printed under the QR: XXXX-XXXX-XXXX-XXXX. */
export function formatMachineCode(code: MachineCode): string {
  return code.match(/.{4}/g)!.join("-");
}

/** What the label's QR says: a phone's own camera opens the right page, our scanner takes the code. */
export function machineCodeUrl(publicUrl: string, code: MachineCode): string {
  return `${publicUrl.replace(/\/$/, "")}/c/${code}`;
}

function macLetters(id: string, mac: CodeMac): string {
  return toBase32(mac(letterBytes(id)).subarray(0, 4), ALPHABET).slice(0, MAC_LETTERS);
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
