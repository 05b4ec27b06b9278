import { expect, test } from "vitest";
import { hashFile } from "./hash-file.ts";

test.each([0, 1, 1_048_576, 3_000_001])(
  "a file of %i bytes has the hash that everybody finds",
  async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251);
    const whole = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const expected = [...whole].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(await hashFile(new Blob([bytes]))).toBe(expected);
  },
);
