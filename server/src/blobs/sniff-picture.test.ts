import { expect, test } from "vitest";
import { sniffPicture } from "./sniff-picture.ts";

/** A WebP file with one chunk, as RFC 9649 lays it out. */
function webp(name: string, content: readonly number[]): Uint8Array {
  const body = Buffer.concat([Buffer.from(`WEBP${name}`), Buffer.alloc(4), Buffer.from(content)]);
  body.writeUInt32LE(content.length, 8);
  const head = Buffer.alloc(8);
  head.write("RIFF", "latin1");
  head.writeUInt32LE(body.length, 4);
  return new Uint8Array(Buffer.concat([head, body]));
}

// 800 × 600 in each of the three ways.
const canvas = webp("VP8X", [0, 0, 0, 0, 0x1f, 0x03, 0, 0x57, 0x02, 0]);
const lossless = webp("VP8L", [0x2f, 0x1f, 0xc3, 0x95, 0, 0, 0, 0, 0, 0]);
const lossy = webp("VP8 ", [0, 0, 0, 0x9d, 0x01, 0x2a, 0x20, 0x03, 0x58, 0x02]);

test.each([
  ["with a canvas", canvas],
  ["without loss", lossless],
  ["with loss", lossy],
])("a WebP %s tells its size", (_name, bytes) => {
  expect(sniffPicture(bytes)).toEqual({ mediaType: "image/webp", width: 800, height: 600 });
});

test("a WebP that is torn, of another kind or too large for a phone is none", () => {
  for (const whole of [canvas, lossless, lossy])
    for (let length = 0; length < whole.length; length++)
      expect(sniffPicture(whole.subarray(0, length))).toBeUndefined();
  expect(sniffPicture(webp("VP8 ", Array(10).fill(0)))).toBeUndefined();
  expect(sniffPicture(webp("VP8L", Array(10).fill(0)))).toBeUndefined();
  expect(sniffPicture(webp("EXIF", Array(10).fill(0)))).toBeUndefined();
  expect(sniffPicture(webp("VP8X", [0, 0, 0, 0, 0, 0x20, 0, 0, 0x20, 0]))).toBeUndefined();
});
