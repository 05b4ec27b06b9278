import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FRAME_CODECS } from "../../testing/frame-codecs.ts";

describe.each(FRAME_CODECS)("$rule", ({ arbitrary, encode, decode }) => {
  test("any valid value comes back from its bytes unchanged", () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(decode(encode(value))).toStrictEqual({ ok: true, value });
      }),
      { numRuns: 2000 },
    );
  });

  test("a Buffer decodes to plain bytes that do not share its memory", () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const buffer = Buffer.from(encode(value));
        const decoded = decode(buffer);
        buffer.fill(0xff);
        expect(decoded).toStrictEqual({ ok: true, value });
      }),
      { numRuns: 200 },
    );
  });
});
