import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanPicture } from "./clean-picture.ts";

const bytes = (...parts: (string | readonly number[] | Uint8Array)[]) =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
    ),
  );
const segment = (marker: number, body: Uint8Array) =>
  bytes([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff], body);
const place = "Exif\0\0GPS 28.9000N 119.8000E";

const frame = segment(0xc0, bytes([8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
const scan = bytes(segment(0xda, bytes([1, 1, 0, 0, 63, 0])), [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
const jpegOf = (...between: Uint8Array[]) =>
  bytes(
    [0xff, 0xd8],
    segment(0xe0, bytes("JFIF\0\x01\x01\0\0\x01\0\x01\0\0")),
    ...between,
    frame,
    scan,
    [0xff, 0xd9],
  );

const chunk = (name: string, body: Uint8Array | string) => {
  const content = bytes(body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return bytes(length, name, content, [0, 0, 0, 0]);
};
const pngOf = (...between: Uint8Array[]) =>
  bytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    chunk("IHDR", "13 bytes here"),
    ...between,
    chunk("IDAT", "pixels"),
    chunk("IEND", ""),
  );

const riffChunk = (name: string, body: Uint8Array | string) => {
  const content = bytes(body);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return bytes(name, length, content, content.length % 2 ? [0] : []);
};
const webpOf = (...chunks: Uint8Array[]) => {
  const body = bytes("WEBP", ...chunks);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return bytes("RIFF", length, body);
};

describe("a picture", () => {
  test("JPEG loses place, comments and what follows its end; its image stays to the byte", () => {
    const carried = jpegOf(
      segment(0xe1, bytes(place)),
      segment(0xfe, bytes("my house")),
      segment(0xed, bytes("iptc")),
    );
    const cleaned = cleanPicture(bytes(carried, "a second file behind it"));
    expect(cleaned?.type).toBe("image/jpeg");
    expect(Buffer.from(cleaned!.bytes)).toEqual(Buffer.from(jpegOf()));
  });

  test("JPEG keeps its colour profile and Adobe's transform", () => {
    const profile = segment(0xe2, bytes("ICC_PROFILE\0\x01\x01colours"));
    const adobe = segment(0xee, bytes("Adobe\0d\0\0\0\0\x01"));
    const whole = jpegOf(profile, adobe);
    expect(Buffer.from(cleanPicture(whole)!.bytes)).toEqual(Buffer.from(whole));
  });

  test("PNG loses EXIF, texts and times", () => {
    const cleaned = cleanPicture(
      pngOf(chunk("eXIf", place), chunk("tEXt", "Author\0me"), chunk("tIME", "1234567")),
    );
    expect(cleaned?.type).toBe("image/png");
    expect(Buffer.from(cleaned!.bytes)).toEqual(Buffer.from(pngOf()));
  });

  test("WebP loses EXIF and XMP and no longer says that it has them", () => {
    const head = (flags: number) => riffChunk("VP8X", bytes([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const image = riffChunk("VP8 ", "pixels!");
    const carried = webpOf(head(0b0010_1100), image, riffChunk("EXIF", place), riffChunk("XMP ", "<x/>"));
    const cleaned = cleanPicture(carried);
    expect(cleaned?.type).toBe("image/webp");
    expect(Buffer.from(cleaned!.bytes)).toEqual(Buffer.from(webpOf(head(0b0010_0000), image)));
  });

  test("is told by its bytes: other files, halves and empty ones are none", () => {
    for (const whole of [jpegOf(), pngOf(), webpOf(riffChunk("VP8 ", "pixels!!"))]) {
      expect(cleanPicture(whole)).toBeDefined();
      for (let length = 0; length < whole.length; length++)
        expect(cleanPicture(whole.subarray(0, length))).toBeUndefined();
    }
    for (const other of ["GIF89a", "<svg onload=alert(1)>", "%PDF-1.7", "", "PK\x03\x04"])
      expect(cleanPicture(bytes(other))).toBeUndefined();
  });

  test("of hostile bytes never breaks the reader", () => {
    const heads = [jpegOf(), pngOf(), webpOf(riffChunk("VP8 ", "pixels!!"))];
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.nat(200),
        fc.uint8Array({ maxLength: 40 }),
        (head, at, junk) => {
          cleanPicture(bytes(head.subarray(0, at), junk, head.subarray(at)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
