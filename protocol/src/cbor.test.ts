import { decode as oracleDecode, encode as oracleEncode } from "cborg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "./bytes.ts";
import { type CborValue, encodeCbor, MAX_CBOR_DEPTH, MAX_FRAME_BYTES } from "./cbor.ts";
import { decodeCbor } from "./cbor-reader.ts";
import { decoding } from "./rejection.ts";

const decodeHex = (hex: string) => decoding(() => decodeCbor(hexToBytes(hex)!));
const MALFORMED = { ok: false, reason: { code: "malformed-cbor" } };

const value: fc.Arbitrary<CborValue> = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.maxSafeInteger(),
    fc.integer({ min: -300, max: 70_000 }),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: "grapheme-ascii" }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("value"), { maxLength: 30 }),
    fc.array(fc.tuple(fc.integer({ min: -300, max: 300 }), tie("value"))).map((entries) => new Map(entries)),
  ),
})).value;

describe("against an independent implementation", () => {
  test("both write the same bytes and read the same values", () => {
    fc.assert(
      fc.property(value, (original) => {
        const bytes = encodeCbor(original);
        expect(bytesToHex(bytes)).toBe(bytesToHex(oracleEncode(original)));
        if (bytes.length <= MAX_FRAME_BYTES) expect(decodeCbor(bytes)).toStrictEqual(original);
        expect(oracleDecode(bytes, { useMaps: true })).toStrictEqual(original);
      }),
      { numRuns: 2000 },
    );
  });

  test("whatever we accept from random bytes, it accepts with the same value", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const decoded = decoding(() => decodeCbor(bytes));
        if (!decoded.ok) return;
        expect(oracleDecode(bytes, { useMaps: true, strict: true })).toStrictEqual(decoded.value);
        expect(bytesToHex(encodeCbor(decoded.value as CborValue))).toBe(bytesToHex(bytes));
      }),
      { numRuns: 50_000 },
    );
  });
});

describe("refused as malformed", () => {
  test.each([
    ["nothing at all", ""],
    ["an integer in more bytes than it needs", "1817"],
    ["a two-byte integer that fits one", "1900ff"],
    ["a four-byte integer that fits two", "1a0000ffff"],
    ["an eight-byte integer that fits four", "1b00000000ffffffff"],
    ["a negative integer in more bytes than it needs", "3800"],
    ["a byte string with a long length", "580100"],
    ["an integer beyond 2^53 - 1", "1b0020000000000000"],
    ["a negative integer beyond -(2^53 - 1)", "3b001fffffffffffff"],
    ["a float, even a whole one", "f93c00"],
    ["a single float", "fa3f800000"],
    ["a double float", "fb3ff0000000000000"],
    ["NaN", "f97e00"],
    ["undefined", "f7"],
    ["a simple value", "f8ff"],
    ["a bare break", "ff"],
    ["an indefinite array", "9f01ff"],
    ["an indefinite byte string", "5f4100ff"],
    ["an indefinite map", "bf0101ff"],
    ["a tag", "c000"],
    ["a reserved length", "1c"],
    ["a byte string longer than its bytes", "430102"],
    ["an array that announces more items than there are bytes", "9affffffff"],
    ["a map that announces more entries than there are bytes", "baffffffff00"],
    ["a repeated key", "a201000101"],
    ["keys out of order", "a202000100"],
    ["a negative key before a positive one", "a220000100"],
    ["a key that is no integer", "a1616100"],
    ["text that is no UTF-8", "61ff"],
    ["text beyond ASCII", "62c3a9"],
    ["a control character in text", "6100"],
    ["anything after the item", "0101"],
  ])("%s", (_name, hex) => {
    expect(decodeHex(hex)).toStrictEqual(MALFORMED);
  });

  test(`more than ${MAX_CBOR_DEPTH} levels, of arrays or maps, before any recursion deeper`, () => {
    const nested = (levels: number) => `${"81".repeat(levels)}00`;
    expect(decodeHex(nested(MAX_CBOR_DEPTH)).ok).toBe(true);
    expect(decodeHex(nested(MAX_CBOR_DEPTH + 1))).toStrictEqual(MALFORMED);
    expect(decodeHex(nested(MAX_FRAME_BYTES - 1))).toStrictEqual(MALFORMED);
    expect(decodeHex(`${"a100".repeat(MAX_CBOR_DEPTH + 1)}00`)).toStrictEqual(MALFORMED);
  });
});

test("a frame over the limit is too large, whatever is in it", () => {
  expect(decoding(() => decodeCbor(new Uint8Array(MAX_FRAME_BYTES + 1)))).toStrictEqual({
    ok: false,
    reason: { code: "too-large" },
  });
  expect(decodeCbor(encodeCbor(new Uint8Array(MAX_FRAME_BYTES - 3)))).toHaveLength(MAX_FRAME_BYTES - 3);
});

test.each([0x80, 0x81, 0x9f, 0xa1, 0xd7, 0xff])("a byte string full of 0x%s is only bytes", (byte) => {
  const bytes = new Uint8Array(2000).fill(byte);
  expect(decodeCbor(encodeCbor([bytes, 1]))).toStrictEqual([bytes, 1]);
});

test("byte strings come out as plain Uint8Array, also from a Buffer", () => {
  const decoded = decodeCbor(Buffer.from("43010203", "hex")) as Uint8Array;
  expect(decoded.constructor).toBe(Uint8Array);
  expect(encodeCbor([Buffer.from("010203", "hex")]).constructor).toBe(Uint8Array);
});

test.each([
  ["a fraction", 1.5],
  ["NaN", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["an unsafe integer", 2 ** 53],
  ["text beyond ASCII", "焊"],
  ["undefined", undefined as never],
])("writing %s is a bug and throws", (_name, item) => {
  expect(() => encodeCbor([item])).toThrow(TypeError);
});
