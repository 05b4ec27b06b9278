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

/** No frame nests deeper; a signed grant with a fence reaches 2. */
export const MAX_CBOR_DEPTH = 8;

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const TWO_TO_32 = 0x1_0000_0000;

/** Printable ASCII: no frame carries a text for people, and no other byte has two spellings on the way to a database. */
export const FRAME_TEXT_PATTERN = /^[ -~]*$/;

/**
 * Deterministic encoding (RFC 8949 §4.2.1): shortest integers, definite lengths, map keys in the order of their bytes.
 * @throws TypeError for a value outside the protocol's profile (a fraction, an unsafe integer, text beyond printable
 *   ASCII): the caller's bug, found here instead of by every receiver.
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const writer = new Writer();
  writer.value(value);
  return writer.written();
}

class Writer {
  #bytes = new Uint8Array(128);
  #length = 0;

  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  value(value: CborValue): void {
    if (typeof value === "number") this.#integer(value);
    else if (value === null) this.#byte(NULL);
    else if (value === true) this.#byte(TRUE);
    else if (value === false) this.#byte(FALSE);
    else if (typeof value === "string") this.#text(value);
    else if (value instanceof Uint8Array) this.#byteString(value);
    else if (Array.isArray(value)) {
      this.#head(ARRAY, value.length);
      for (const item of value) this.value(item);
    } else if (value instanceof Map) this.#map(value);
    else throw new TypeError(`not a value of a frame: ${typeof value}`);
  }

  #integer(value: number): void {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not an integer of a frame: ${value}`);
    if (value >= 0) this.#head(UNSIGNED, value);
    else this.#head(NEGATIVE, -1 - value);
  }

  #text(text: string): void {
    if (!FRAME_TEXT_PATTERN.test(text)) throw new TypeError("a frame's text is printable ASCII");
    this.#head(TEXT, text.length);
    for (let index = 0; index < text.length; index++) this.#byte(text.charCodeAt(index));
  }

  #byteString(bytes: Uint8Array): void {
    this.#head(BYTES, bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #map(map: ReadonlyMap<number, CborValue>): void {
    this.#head(MAP, map.size);
    for (const key of [...map.keys()].sort(compareKeys)) {
      this.#integer(key);
      this.value(map.get(key)!);
    }
  }

  #head(majorType: number, argument: number): void {
    const type = majorType << 5;
    this.#reserve(9);
    const bytes = this.#bytes;
    if (argument < 24) {
      bytes[this.#length++] = type | argument;
    } else if (argument < 0x100) {
      bytes[this.#length++] = type | 24;
      bytes[this.#length++] = argument;
    } else if (argument < 0x1_0000) {
      bytes[this.#length++] = type | 25;
      bytes[this.#length++] = argument >> 8;
      bytes[this.#length++] = argument;
    } else if (argument < TWO_TO_32) {
      bytes[this.#length++] = type | 26;
      this.#fourBytes(argument);
    } else {
      bytes[this.#length++] = type | 27;
      this.#fourBytes(Math.floor(argument / TWO_TO_32));
      this.#fourBytes(argument % TWO_TO_32);
    }
  }

  #fourBytes(value: number): void {
    this.#bytes[this.#length++] = value >>> 24;
    this.#bytes[this.#length++] = value >>> 16;
    this.#bytes[this.#length++] = value >>> 8;
    this.#bytes[this.#length++] = value;
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** The order of the encoded keys (RFC 8949 §4.2.1): 0, 1, 2, … then -1, -2, … */
export function compareKeys(left: number, right: number): number {
  if (left < 0 !== right < 0) return left < 0 ? 1 : -1;
  return left < 0 ? right - left : left - right;
}
