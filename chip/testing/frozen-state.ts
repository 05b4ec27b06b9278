import type { ChipState } from "@hanyouxu/chip";
import { bytesToHex, hexToBytes } from "@hanyouxu/protocol";

const BYTES = "hex:";

/** A state as text and back: nothing in it may be more than plain data and byte strings. */
export function freezeState(state: ChipState): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Uint8Array) return BYTES + bytesToHex(value);
    if (typeof value === "number" && !Number.isFinite(value))
      throw new TypeError("a number without JSON form");
    return value;
  });
}

export function thawState(text: string): ChipState {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(BYTES) ? hexToBytes(value.slice(BYTES.length)) : value,
  );
}
