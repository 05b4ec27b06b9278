export interface SniffedPicture {
  mediaType: "image/jpeg" | "image/png" | "image/webp";
  width: number;
  height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const LARGEST_SIDE = 8192;

/** What a picture is by its own bytes, whatever the sender calls it; undefined for everything else. */
export function sniffPicture(bytes: Uint8Array): SniffedPicture | undefined {
  const found = PNG.every((byte, index) => bytes[index] === byte) ? png(bytes) : (jpeg(bytes) ?? webp(bytes));
  if (!found || found.width < 1 || found.height < 1) return undefined;
  return Math.max(found.width, found.height) <= LARGEST_SIDE ? found : undefined;
}

/** PNG (ISO/IEC 15948) §11.2.2: IHDR comes first. */
function png(bytes: Uint8Array): SniffedPicture | undefined {
  if (bytes.length < 45 || text(bytes, 12) !== "IHDR" || text(bytes, bytes.length - 8) !== "IEND")
    return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** JPEG (ITU-T T.81) annex B: the size stands in the frame header, SOF0 to SOF2 of what browsers write. */
function jpeg(bytes: Uint8Array): SniffedPicture | undefined {
  const isWhole =
    bytes.length > 100 &&
    bytes[0] === 0xff &&
    bytes[1] === 0xd8 &&
    bytes.at(-2) === 0xff &&
    bytes.at(-1) === 0xd9;
  if (!isWhole) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xc2) {
      return { mediaType: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
  }
  return undefined;
}

/** WebP container (RFC 9649): the size of the canvas, or of the only frame. */
function webp(bytes: Uint8Array): SniffedPicture | undefined {
  if (bytes.length < 30 || text(bytes, 0) !== "RIFF" || text(bytes, 8) !== "WEBP") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(4, true) + 8 > bytes.length) return undefined;
  const mediaType = "image/webp";
  switch (text(bytes, 12)) {
    case "VP8X": {
      const side = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
      return { mediaType, width: side(24), height: side(27) };
    }
    case "VP8L": {
      const sides = view.getUint32(21, true);
      return bytes[20] === 0x2f
        ? { mediaType, width: 1 + (sides & 0x3fff), height: 1 + ((sides >>> 14) & 0x3fff) }
        : undefined;
    }
    // A key frame's start code, then fourteen bits for each side (RFC 6386 §9.1).
    case "VP8 ":
      return bytes[23] === 0x9d && bytes[24] === 0x01 && bytes[25] === 0x2a
        ? {
            mediaType,
            width: view.getUint16(26, true) & 0x3fff,
            height: view.getUint16(28, true) & 0x3fff,
          }
        : undefined;
    default:
      return undefined;
  }
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
