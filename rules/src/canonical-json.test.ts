import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "./canonical-json.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

describe("canonical JSON", () => {
  test("keys are sorted, undefined members are left out", () => {
    expect(canonicalJson({ b: 1, a: [undefined, { d: null, c: undefined }] })).toBe(
      '{"a":[null,{"d":null}],"b":1}',
    );
  });

  test("it parses back to the same value, whatever the order of the keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }));
  });

  test("the digest is SHA-256 over the UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const expected = createHash("sha256")
          .update(new TextEncoder().encode(canonicalJson(text)))
          .digest("hex");
        expect(digestOf(text, sha256)).toBe(expected);
      }),
    );
    expect(digestOf({ 焊: "有序🔥" }, sha256)).toBe(
      createHash("sha256").update('{"焊":"有序🔥"}', "utf8").digest("hex"),
    );
  });
});
