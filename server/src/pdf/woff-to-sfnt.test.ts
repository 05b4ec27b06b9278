import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { woffToSfnt } from "./woff-to-sfnt.ts";

const woff = readFileSync(
  createRequire(import.meta.url).resolve(
    "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
  ),
);

/** OpenType 1.9: the sum of a table's 32-bit words, the last one filled up with zeros. */
function checksumOf(sfnt: Buffer, offset: number, length: number): number {
  let sum = 0;
  for (let at = offset; at < offset + length; at += 4) sum = (sum + sfnt.readUInt32BE(at)) >>> 0;
  return sum;
}

test("the sfnt has the size that the WOFF announces, and every table its own checksum", () => {
  const sfnt = woffToSfnt(woff);
  expect(sfnt.length).toBe(woff.readUInt32BE(16));
  const count = sfnt.readUInt16BE(4);
  expect(count).toBeGreaterThan(8);
  for (let index = 0; index < count; index++) {
    const at = 12 + 16 * index;
    const tag = sfnt.toString("latin1", at, at + 4);
    const [checksum, offset, length] = [4, 8, 12].map((field) => sfnt.readUInt32BE(at + field));
    // The checksum of `head` leaves out its own adjustment of the whole file.
    const own = tag === "head" ? sfnt.readUInt32BE(offset! + 8) : 0;
    expect((checksumOf(sfnt, offset!, length!) - own) >>> 0, tag).toBe(checksum);
  }
});

test("what is no WOFF is refused", () => {
  expect(() => woffToSfnt(new Uint8Array(100))).toThrow("not a WOFF font");
});
