import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FRAME_CODECS } from "../../testing/frame-codecs.ts";
import { bytesEqual } from "../bytes.ts";
import { type CborValue, encodeCbor } from "../cbor.ts";
import { parseSign1, sign1 } from "../cose.ts";

const REJECTIONS = [
  "too-large",
  "malformed-cbor",
  "wrong-shape",
  "wrong-version",
  "unknown-kind",
  "out-of-range",
];

/** Changes one thing of valid bytes: a byte, a cut, an insertion, a repeated piece. */
const mutate = (bytes: Uint8Array, [at, byte, how]: readonly [number, number, number]): Uint8Array => {
  const index = at % (bytes.length + 1);
  const before = bytes.subarray(0, index);
  const after = bytes.subarray(index);
  switch (how) {
    case 0:
      return Uint8Array.from([...before, byte, ...after.subarray(1)]);
    case 1:
      return before;
    case 2:
      return Uint8Array.from([...before, byte, ...after]);
    case 3:
      return Uint8Array.from([...before, ...after.subarray(1)]);
    default:
      return Uint8Array.from([...before, ...after, ...after]);
  }
};
const mutation = fc.tuple(fc.nat(600), fc.integer({ min: 0, max: 255 }), fc.nat(4));

/** Well-formed CBOR of any shape, which reaches further into a decoder than random bytes do. */
const anyItem: fc.Arbitrary<CborValue> = fc.letrec<{ item: CborValue }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.integer({ min: -2, max: 20 }),
    fc.constantFrom<CborValue>(null, true, false, "length", "map", "__proto__", "constructor"),
    fc.uint8Array({ maxLength: 70 }),
    fc.array(tie("item"), { maxLength: 17 }),
    fc
      .dictionary(fc.constantFrom("1", "4", "-1"), tie("item"))
      .map((entries) => new Map(Object.entries(entries).map(([key, value]) => [Number(key), value]))),
  ),
})).item;
const anyFrame = fc.array(anyItem, { maxLength: 18 }).map((items) => encodeCbor([1, ...items]));

describe.each(FRAME_CODECS)("$rule", ({ arbitrary, encode, decode }) => {
  const accept = (bytes: Uint8Array): void => {
    const decoded = decode(bytes);
    if (decoded.ok) expect(bytesEqual(encode(decoded.value), bytes)).toBe(true);
    else if (!REJECTIONS.includes(decoded.reason.code)) expect.fail(decoded.reason.code);
  };

  test("random bytes are a typed rejection or a value with exactly these bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), accept), { numRuns: 10_000 });
  });

  test("well-formed CBOR of any shape is a typed rejection or a value with exactly these bytes", () => {
    fc.assert(fc.property(anyFrame, accept), { numRuns: 5_000 });
  });

  test("mutated frames are a typed rejection or a value with exactly these bytes", () => {
    fc.assert(
      fc.property(arbitrary, fc.array(mutation, { minLength: 1, maxLength: 3 }), (value, mutations) => {
        accept(mutations.reduce(mutate, encode(value)));
      }),
      { numRuns: 15_000 },
    );
  });

  test("a frame cut anywhere is rejected", () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const bytes = encode(value);
        for (let length = 0; length < bytes.length; length++) {
          expect(decode(bytes.subarray(0, length)).ok).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a frame with anything behind it is rejected", () => {
    fc.assert(
      fc.property(arbitrary, fc.uint8Array({ minLength: 1, maxLength: 9 }), (value, extra) => {
        expect(decode(Uint8Array.from([...encode(value), ...extra]))).toStrictEqual({
          ok: false,
          reason: { code: "malformed-cbor" },
        });
      }),
      { numRuns: 300 },
    );
  });

  test("another version is named as such, whatever follows", () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 2, max: 23 }), (value, version) => {
        const bytes = encode(value);
        bytes[1] = version;
        expect(decode(bytes)).toStrictEqual({
          ok: false,
          reason: { code: "wrong-version", field: "version" },
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe("COSE_Sign1", () => {
  const signed = fc
    .tuple(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 64, maxLength: 64 }))
    .map(([payload, signature]) =>
      sign1(payload, { algorithm: -7, keyId: new Uint8Array(4), sign: () => signature }),
    );
  const accept = (bytes: Uint8Array): void => {
    const parsed = parseSign1(bytes);
    if (parsed.ok) {
      const { algorithm, keyId, payload, signature } = parsed.value;
      expect(bytesEqual(sign1(payload, { algorithm, keyId, sign: () => signature }), bytes)).toBe(true);
    } else if (!REJECTIONS.includes(parsed.reason.code)) expect.fail(parsed.reason.code);
  };

  test("random bytes are a typed rejection or a message with exactly these bytes", () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), anyFrame), accept), {
      numRuns: 10_000,
    });
  });

  test("mutated messages are a typed rejection or a message with exactly these bytes", () => {
    fc.assert(
      fc.property(signed, fc.array(mutation, { minLength: 1, maxLength: 3 }), (bytes, mutations) => {
        accept(mutations.reduce(mutate, bytes));
      }),
      { numRuns: 15_000 },
    );
  });
});
