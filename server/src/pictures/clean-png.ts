const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What the image looks like (PNG, third edition, 11.2–11.3); times, texts and EXIF are not among them. */
const keptChunks = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split(" "),
);

/** A PNG with the chunks of its image only; undefined when it is none. */
export function cleanPng(bytes: Uint8Array): Uint8Array | undefined {
  if (signature.some((value, index) => bytes[index] !== value)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  let hasImage = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at === 8 && name !== "IHDR") return undefined;
    hasImage ||= name === "IDAT";
    if (keptChunks.has(name)) parts.push(bytes.subarray(at, end));
    if (name === "IEND") return hasImage ? new Uint8Array(Buffer.concat(parts)) : undefined;
    at = end;
  }
  return undefined;
}
