import { decode, encode } from "cborg";
import { RejectedInput } from "./rejection.ts";

/** The values our frames are made of. Maps occur only in COSE headers, with integer keys. */
export type CborValue =
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<number, CborValue>;

/** No message between chip and platform is larger; what is gets dropped before it is parsed. */
export const MAX_FRAME_BYTES = 4096;

const MAX_DEPTH = 8;

/** Deterministic encoding (RFC 8949 §4.2.1): shortest integers, definite lengths; our map keys are ordered by cborg. */
export function encodeCbor(value: CborValue): Uint8Array {
  return encode(value);
}

/**
 * Reads one deterministic CBOR item that fills `bytes` exactly.
 * @throws RejectedInput "too-large" | "malformed-cbor"
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_FRAME_BYTES) throw new RejectedInput("too-large");
  if (nestsTooDeep(bytes)) throw new RejectedInput("malformed-cbor");
  try {
    return decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
    });
  } catch {
    throw new RejectedInput("malformed-cbor");
  }
}

/** Hostile input can nest thousands of arrays in a frame; a run of one-element openers is refused before recursion. */
function nestsTooDeep(bytes: Uint8Array): boolean {
  let run = 0;
  for (const byte of bytes) {
    const majorType = byte >> 5;
    const isSmallContainer = (majorType === 4 || majorType === 5 || majorType === 6) && (byte & 0x1f) < 24;
    run = isSmallContainer ? run + 1 : 0;
    if (run > MAX_DEPTH * 8) return true;
  }
  return false;
}
