import { RejectedInput } from "./rejection.ts";

/** Reads the items of one CBOR array in order, checking each; all methods throw `RejectedInput` naming the field. */
export class Fields {
  readonly #items: readonly unknown[];
  #next = 0;

  constructor(value: unknown, name: string, length: number) {
    if (!Array.isArray(value) || value.length !== length) throw new RejectedInput("wrong-shape", name);
    this.#items = value;
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
    const value = names[this.integer(name, 0, names.length - 1)];
    if (value === undefined) throw new RejectedInput("unknown-kind", name);
    return value;
  }

  /** The next item as it is, for a nested array read by another `Fields`. */
  nested(): unknown {
    return this.#take();
  }
}

/** Frames start with the protocol version; another one is refused before anything else is looked at. */
export const PROTOCOL_VERSION = 1;

export function expectVersion(fields: Fields): void {
  if (fields.integer("version", 0, 255) !== PROTOCOL_VERSION)
    throw new RejectedInput("wrong-version", "version");
}

export const MAX_UINT32 = 0xffff_ffff;
export const MAX_CLOCK_MS = 4_102_444_800_000;
