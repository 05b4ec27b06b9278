import { inflateSync } from "node:zlib";

const WOFF_SIGNATURE = 0x774f4646;
const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;

/**
 * A WOFF 1.0 font (W3C Recommendation of 2012-12-13) as the plain sfnt inside it. The PDF library reads WOFF too, but
 * inflates its tables in JavaScript, anew for each document: seconds for a Chinese font.
 * @throws Error for what is no WOFF
 */
export function woffToSfnt(woff: Uint8Array): Buffer {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (view.getUint32(0) !== WOFF_SIGNATURE) throw new Error("not a WOFF font");
  const tables = Array.from({ length: view.getUint16(12) }, (_, index) => {
    const at = HEADER_BYTES + index * ENTRY_BYTES;
    const offset = view.getUint32(at + 4);
    const packedBytes = view.getUint32(at + 8);
    const bytes = view.getUint32(at + 12);
    const packed = woff.subarray(offset, offset + packedBytes);
    return {
      tag: view.getUint32(at),
      checksum: view.getUint32(at + 16),
      // A table that does not get smaller is stored as it is (§5).
      data: packedBytes < bytes ? inflateSync(packed) : packed,
    };
  });
  return assemble(view.getUint32(4), tables);
}

interface Table {
  tag: number;
  checksum: number;
  data: Uint8Array;
}

/** OpenType 1.9, "Organization of an OpenType font": the table directory, then the tables on bounds of four bytes. */
function assemble(flavor: number, tables: readonly Table[]): Buffer {
  const directoryBytes = 12 + 16 * tables.length;
  const size = tables.reduce((total, { data }) => total + onBound(data.length), directoryBytes);
  const sfnt = Buffer.alloc(size);
  const log = Math.floor(Math.log2(tables.length));
  sfnt.writeUInt32BE(flavor, 0);
  sfnt.writeUInt16BE(tables.length, 4);
  sfnt.writeUInt16BE(16 * 2 ** log, 6);
  sfnt.writeUInt16BE(log, 8);
  sfnt.writeUInt16BE(16 * (tables.length - 2 ** log), 10);
  let offset = directoryBytes;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + 16 * index;
    sfnt.writeUInt32BE(tag, at);
    sfnt.writeUInt32BE(checksum, at + 4);
    sfnt.writeUInt32BE(offset, at + 8);
    sfnt.writeUInt32BE(data.length, at + 12);
    sfnt.set(data, offset);
    offset += onBound(data.length);
  }
  return sfnt;
}

function onBound(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
