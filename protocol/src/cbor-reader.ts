import { compareKeys, FRAME_TEXT_PATTERN, MAX_CBOR_DEPTH, MAX_FRAME_BYTES } from "./cbor.ts";
import { RejectedInput } from "./rejection.ts";

const BREAK_CODE_OR_RESERVED = 28;

/**
 * Reads one deterministic CBOR item that fills `bytes` exactly. Whatever it returns, `encodeCbor` turns back into the
 * same bytes: other spellings of a value (longer integers, floats for integers, indefinite lengths, unordered or
 * repeated keys), tags, undefined, integers beyond ±2^53 and text beyond printable ASCII are refused.
 * @throws RejectedInput "too-large" | "malformed-cbor"
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_FRAME_BYTES) throw new RejectedInput("too-large");
  const reader = new Reader(bytes);
  const value = reader.item(0);
  if (!reader.isAtEnd()) throw malformed();
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  #next = 0;

  constructor(bytes: Uint8Array) {
    // A Node Buffer's `slice` shares memory; a plain view's copies.
    this.#bytes =
      bytes.constructor === Uint8Array
        ? bytes
        : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  isAtEnd(): boolean {
    return this.#next === this.#bytes.length;
  }

  item(depth: number): unknown {
    const initial = this.#byte();
    const minor = initial & 0x1f;
    switch (initial >> 5) {
      case 0:
        return this.#argument(minor);
      case 1:
        return safe(-1 - this.#argument(minor));
      case 2:
        return this.#take(this.#argument(minor));
      case 3:
        return this.#text(this.#argument(minor));
      case 4:
        return this.#array(this.#argument(minor), depth + 1);
      case 5:
        return this.#map(this.#argument(minor), depth + 1);
      case 7:
        if (minor === 20) return false;
        if (minor === 21) return true;
        if (minor === 22) return null;
        throw malformed();
      default:
        throw malformed();
    }
  }

  #argument(minor: number): number {
    if (minor < 24) return minor;
    if (minor >= BREAK_CODE_OR_RESERVED) throw malformed();
    const width = 1 << (minor - 24);
    let value = 0;
    for (let count = 0; count < width; count++) value = value * 256 + this.#byte();
    const smallest = width === 1 ? 24 : 2 ** (width * 4);
    if (value < smallest) throw malformed();
    return safe(value);
  }

  #array(length: number, depth: number): unknown[] {
    this.#expectRoom(length, depth);
    const items: unknown[] = [];
    for (let index = 0; index < length; index++) items.push(this.item(depth));
    return items;
  }

  #map(size: number, depth: number): Map<number, unknown> {
    this.#expectRoom(size * 2, depth);
    const map = new Map<number, unknown>();
    let previous: number | undefined;
    for (let index = 0; index < size; index++) {
      const key = this.item(depth);
      if (typeof key !== "number") throw malformed();
      if (previous !== undefined && compareKeys(previous, key) >= 0) throw malformed();
      previous = key;
      map.set(key, this.item(depth));
    }
    return map;
  }

  #text(length: number): string {
    const text = String.fromCharCode(...this.#take(length));
    if (!FRAME_TEXT_PATTERN.test(text)) throw malformed();
    return text;
  }

  /** Before anything is allocated or entered: every item takes at least one byte. */
  #expectRoom(items: number, depth: number): void {
    if (depth > MAX_CBOR_DEPTH || items > this.#bytes.length - this.#next) throw malformed();
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#next) throw malformed();
    this.#next += length;
    return this.#bytes.slice(this.#next - length, this.#next);
  }

  #byte(): number {
    const byte = this.#bytes[this.#next++];
    if (byte === undefined) throw malformed();
    return byte;
  }
}

function safe(integer: number): number {
  if (!Number.isSafeInteger(integer)) throw malformed();
  return integer;
}

function malformed(): RejectedInput {
  return new RejectedInput("malformed-cbor");
}
