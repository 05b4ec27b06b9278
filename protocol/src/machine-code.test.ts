import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hmacSha256 } from "../testing/node-crypto.ts";
import {
  createMachineCode,
  formatMachineCode,
  isAuthenticMachineCode,
  machineCodeUrl,
  parseMachineCode,
} from "./machine-code.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const mac = hmacSha256(Uint8Array.from(randomBytes(32)));
const foreignMac = hmacSha256(Uint8Array.from(randomBytes(32)));
const code = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((bytes) => createMachineCode(() => bytes, mac));

test("a code is read back bare, dashed, spaced, in lower case and from a URL, and is authentic", () => {
  fc.assert(
    fc.property(code, (original) => {
      const spellings = [
        original,
        original.toLowerCase(),
        formatMachineCode(original),
        ` ${original.replaceAll(/(.{4})/g, "$1 ")}`,
        original.replaceAll("0", "o").replaceAll("1", "l"),
        machineCodeUrl("https://example.test/", original),
        `${machineCodeUrl("https://example.test/app", original)}?from=label#top`,
      ];
      for (const text of spellings)
        expect(parseMachineCode(text)).toStrictEqual({ ok: true, value: original });
      expect(isAuthenticMachineCode(original, mac)).toBe(true);
      expect(isAuthenticMachineCode(original, foreignMac)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("one wrong letter is always caught", () => {
  fc.assert(
    fc.property(code, fc.nat(15), fc.nat(31), (original, position, letter) => {
      fc.pre(original[position] !== ALPHABET[letter]);
      const wrong = original.slice(0, position) + ALPHABET[letter] + original.slice(position + 1);
      expect(parseMachineCode(wrong)).toStrictEqual({
        ok: false,
        reason: { code: "bad-checksum", field: "machineCode" },
      });
    }),
    { numRuns: 20_000 },
  );
});

test("two neighbours swapped are caught, except the pair whose sum no Luhn check can tell apart", () => {
  fc.assert(
    fc.property(code, fc.nat(14), (original, position) => {
      const [left, right] = [original[position]!, original[position + 1]!];
      fc.pre(left !== right && !(["0", "Z"].includes(left) && ["0", "Z"].includes(right)));
      const swapped = original.slice(0, position) + right + left + original.slice(position + 2);
      expect(parseMachineCode(swapped).ok).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

test("any text is a code or a typed rejection, and an accepted code is canonical", () => {
  const letters = fc.string({
    unit: fc.constantFrom(...ALPHABET, "-", " ", "o", "i", "/", "?"),
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), letters, fc.webUrl()), (text) => {
      const parsed = parseMachineCode(text);
      if (parsed.ok) expect(parseMachineCode(parsed.value)).toStrictEqual(parsed);
      else expect(["wrong-shape", "bad-checksum", "too-large"]).toContain(parsed.reason.code);
    }),
    { numRuns: 20_000 },
  );
});

test("text longer than any label's URL is refused before it is looked at", () => {
  expect(parseMachineCode("0".repeat(301))).toStrictEqual({
    ok: false,
    reason: { code: "too-large", field: "machineCode" },
  });
});
