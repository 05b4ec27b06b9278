const HEX = "0123456789abcdef";

export function bytesToHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte >> 4]! + HEX[byte & 15]!;
  return text;
}

/** Inverse of `bytesToHex`; undefined for anything that is not an even number of hex digits. */
export function hexToBytes(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) difference |= left[index]! ^ right[index]!;
  return difference === 0;
}

/** RFC 9562 text form of 16 bytes. */
export function uuidFromBytes(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The 16 bytes of a UUID in lower-case text form. Callers hold validated ids: anything else is a bug and throws. */
export function uuidToBytes(uuid: string): Uint8Array {
  const bytes = hexToBytes(uuid.replaceAll("-", ""));
  if (bytes?.length !== 16) throw new TypeError("not a UUID in lower-case text form");
  return bytes;
}

/** Big-endian bits of `bytes` in groups of five, each as one letter of `alphabet`; the last group is padded with zeros. */
export function toBase32(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >> bits) & 31]!;
    }
  }
  if (bits > 0) text += alphabet[(value << (5 - bits)) & 31]!;
  return text;
}

/** Inverse of `toBase32` for whole bytes; undefined when a letter is not in `alphabet` or a padding bit is set. */
export function fromBase32(text: string, alphabet: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let value = 0;
  let length = 0;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return undefined;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (value >> bits) & 255;
    }
  }
  return (value & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
