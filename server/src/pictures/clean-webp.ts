/** Image, transparency, colour profile, animation (WebP container specification); EXIF and XMP are not among them. */
const keptChunks = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP", "ANIM", "ANMF"]);
/** Bits of VP8X that say that EXIF and XMP chunks follow. */
const metadataFlags = 0b0000_1100;

/** A WebP with the chunks of its image only; undefined when it is none. */
export function cleanWebp(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 20 || textAt(bytes, 0) !== "RIFF" || textAt(bytes, 8) !== "WEBP") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeEnd = 8 + view.getUint32(4, true);
  if (wholeEnd > bytes.length) return undefined;
  const chunks: Uint8Array[] = [];
  let hasImage = false;
  for (let at = 12; at + 8 <= wholeEnd; ) {
    const name = textAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (end > wholeEnd) return undefined;
    hasImage ||= name === "VP8 " || name === "VP8L" || name === "ANMF";
    if (keptChunks.has(name)) {
      const chunk = bytes.slice(at, end);
      if (name === "VP8X" && length > 0) chunk[8]! &= ~metadataFlags;
      chunks.push(chunk);
    }
    at = end;
  }
  if (!hasImage) return undefined;
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(12);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(4 + body.length, 4);
  head.write("WEBP", 8, "latin1");
  return new Uint8Array(Buffer.concat([head, body]));
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
