import type { RandomBytes } from "@hanyouxu/protocol";

/** Crockford's base32: no letter that is read as a digit. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 16 characters, 80 random bits: what a printed paper is looked up by, which nobody can guess. */
export function newVerificationCode(random: RandomBytes): string {
  return Array.from(random(16), (byte) => ALPHABET[byte % 32]).join("");
}

/** As somebody typed it: with lines between, in small letters. */
export function normalVerificationCode(typed: string): string {
  return typed.toUpperCase().replaceAll("-", "");
}

/** In groups of four, as it is printed. */
export function printedVerificationCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, "$1-");
}
