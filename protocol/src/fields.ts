import { hexToBytes } from "./bytes.ts";
import { decodeCbor } from "./cbor-reader.ts";
import { RejectedInput } from "./rejection.ts";

/** Reads the items of one CBOR array in order, checking each; all methods throw `RejectedInput` naming the field. */
export class Fields {
  readonly #items: readonly unknown[];
  #next: number;

  /** @param first the index of the first item to read: what stands before it has been looked at. */
  constructor(value: unknown, name: string, length: number, first = 0) {
    if (!Array.isArray(value) || value.length !== length) throw new RejectedInput("wrong-shape", name);
    this.#items = value;
    this.#next = first;
  }

  #take(): unknown {
    return this.#items[this.#next++];
  }

  integer(name: string, min: number, max: number): number {
    const value = this.#take();
    if (typeof value !== "number" || !Number.isSafeInteger(value))
      throw new RejectedInput("wrong-shape", name);
    if (value < min || value > max) throw new RejectedInput("out-of-range", name);
    return value;
  }

  nullableInteger(name: string, min: number, max: number): number | null {
    if (this.#items[this.#next] === null) {
      this.#next++;
      return null;
    }
    return this.integer(name, min, max);
  }

  boolean(name: string): boolean {
    const value = this.#take();
    if (typeof value !== "boolean") throw new RejectedInput("wrong-shape", name);
    return value;
  }

  text(name: string, maxLength: number): string {
    const value = this.#take();
    if (typeof value !== "string") throw new RejectedInput("wrong-shape", name);
    if (value.length > maxLength) throw new RejectedInput("out-of-range", name);
    return value;
  }

  bytes(name: string, length: number): Uint8Array {
    const value = this.#take();
    if (!(value instanceof Uint8Array)) throw new RejectedInput("wrong-shape", name);
    if (value.length !== length) throw new RejectedInput("out-of-range", name);
    return value;
  }

  nullableBytes(name: string, length: number): Uint8Array | null {
    if (this.#items[this.#next] === null) {
      this.#next++;
      return null;
    }
    return this.bytes(name, length);
  }

  /** One of a closed list of names, on the wire as its index. */
  oneOf<Name extends string>(name: string, names: readonly Name[]): Name {
    return nameAt(this.#take(), names, name);
  }

  /** The next item as it is, for a nested array read by another `Fields`. */
  nested(): unknown {
    return this.#take();
  }
}

/** Frames start with the protocol version; another one is refused before anything else is looked at. */
export const PROTOCOL_VERSION = 1;

/**
 * The items of a frame of this version.
 * @throws RejectedInput
 */
export function readFrame(bytes: Uint8Array): readonly unknown[] {
  const items = decodeCbor(bytes);
  if (!Array.isArray(items) || typeof items[0] !== "number") throw new RejectedInput("wrong-shape", "frame");
  if (items[0] !== PROTOCOL_VERSION) throw new RejectedInput("wrong-version", "version");
  return items;
}

/**
 * The name that a number on the wire stands for.
 * @throws RejectedInput "wrong-shape" | "unknown-kind"
 */
export function nameAt<Name extends string>(value: unknown, names: readonly Name[], field: string): Name {
  if (typeof value !== "number") throw new RejectedInput("wrong-shape", field);
  const name = names[value];
  if (name === undefined) throw new RejectedInput("unknown-kind", field);
  return name;
}

/** The inverse of `nameAt`, for encoders. @throws TypeError for a name that is not in the list: a bug of the caller. */
export function numberOf<Name extends string>(name: Name, names: readonly Name[]): number {
  const number = names.indexOf(name);
  if (number < 0) throw new TypeError(`no number on the wire for ${name}`);
  return number;
}

/** `length` bytes from hex digits, for encoders. @throws TypeError for anything else: a bug of the caller. */
export function fixedHex(text: string, length: number): Uint8Array {
  const bytes = hexToBytes(text);
  if (bytes?.length !== length) throw new TypeError(`not ${length} bytes in lower-case hex`);
  return bytes;
}

export const MAX_UINT32 = 0xffff_ffff;
export const MAX_CLOCK_MS = 4_102_444_800_000;
