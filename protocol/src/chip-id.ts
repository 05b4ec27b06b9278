import { fromBase32, toBase32 } from "./bytes.ts";
import type { Sha256 } from "./ports.ts";
import type { ChipId } from "./units.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
export const CHIP_ID_BYTES = 10;
const CHIP_ID_PATTERN = /^[a-z2-7]{16}$/;

/** The id every chip carries in its certificate and topics: derived from its public key, so it cannot be chosen. */
export function chipIdFromSpki(sha256: Sha256, spki: Uint8Array): ChipId {
  return chipIdFromBytes(sha256(spki).subarray(0, CHIP_ID_BYTES));
}

/** @param bytes exactly 10 */
export function chipIdFromBytes(bytes: Uint8Array): ChipId {
  return toBase32(bytes, ALPHABET) as ChipId;
}

export function chipIdToBytes(chipId: ChipId): Uint8Array {
  return fromBase32(chipId, ALPHABET)!;
}

/** The chip id in `text`, or undefined. */
export function parseChipId(text: string): ChipId | undefined {
  return CHIP_ID_PATTERN.test(text) ? (text as ChipId) : undefined;
}
