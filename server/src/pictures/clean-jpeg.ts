/** Markers of ITU-T T.81 table B.1. */
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;
/** APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colour transform) change how the image looks. */
const keptApplications = new Set([0xe0, 0xe2, 0xee]);

/** A JPEG without EXIF, XMP, comments and what follows its end; undefined when it is none. */
export function cleanJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return undefined;
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let hasFrame = false;
  let at = 2;
  for (;;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === undefined) return undefined;
    // Fill bytes before a marker (B.1.1.2).
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === endOfImage) {
      parts.push(bytes.subarray(at, at + 2));
      return hasFrame ? new Uint8Array(Buffer.concat(parts)) : undefined;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    if (marker === startOfScan) {
      if (!hasFrame) return undefined;
      end = endOfScan(bytes, end);
    }
    hasFrame ||= isFrame(marker);
    if (!isDropped(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
}

/** Baseline, extended, progressive; not the tables C4, C8 and CC of the same range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function isDropped(marker: number): boolean {
  if (marker === comment) return true;
  return marker >= 0xe0 && marker <= 0xef && !keptApplications.has(marker);
}

/** Coded data goes on until a marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length - 1; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0x00 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
