import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bytesEqual,
  bytesToHex,
  fromBase32,
  hexToBytes,
  toBase32,
  uuidFromBytes,
  uuidToBytes,
} from "./bytes.ts";
import { chipIdFromBytes, chipIdToBytes, parseChipId } from "./chip-id.ts";

const bytes = fc.uint8Array({ maxLength: 40 });

test("hex comes back, and only an even number of lower-case digits is hex", () => {
  fc.assert(fc.property(bytes, (value) => bytesEqual(hexToBytes(bytesToHex(value))!, value)));
  for (const text of ["0", "0g", "AB", "0x", " 00", "00\n"]) expect(hexToBytes(text)).toBeUndefined();
});

test("a UUID comes back; anything else throws", () => {
  fc.assert(fc.property(fc.uuid(), (uuid) => uuidFromBytes(uuidToBytes(uuid)) === uuid));
  for (const text of ["", "00", "not-a-uuid", "0".repeat(33)])
    expect(() => uuidToBytes(text)).toThrow(TypeError);
});

test("base32 comes back and agrees with RFC 4648", () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  fc.assert(
    fc.property(bytes, (value) => bytesEqual(fromBase32(toBase32(value, alphabet), alphabet)!, value)),
  );
  // RFC 4648 §10
  const foobar = Uint8Array.from("foobar", (letter) => letter.charCodeAt(0));
  expect(toBase32(foobar, alphabet)).toBe("mzxw6ytboi");
  expect(fromBase32("mzxw6ytbo1", alphabet)).toBeUndefined();
  expect(fromBase32("mzxw6ytboj", alphabet)).toBeUndefined();
});

test("a chip id and its ten bytes are one", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (value) => {
      const id = chipIdFromBytes(value);
      expect(parseChipId(id)).toBe(id);
      expect(bytesEqual(chipIdToBytes(id), value)).toBe(true);
    }),
  );
  for (const text of ["", "a", "A".repeat(16), "1".repeat(16), "a".repeat(17)]) {
    expect(parseChipId(text)).toBeUndefined();
  }
});
