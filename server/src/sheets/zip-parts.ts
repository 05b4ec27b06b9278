import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32, createDeflateRaw, createInflateRaw, inflateRawSync } from "node:zlib";
import { SheetProblem } from "./sheet-problem.ts";

/** What 50,000 full rows unpack to, three times over. */
const MOST_UNPACKED_BYTES = 96 * 1024 * 1024;
const MOST_ENTRIES = 512;
/** Of a part that lists the others. */
const MOST_TEXT_BYTES = 4 * 1024 * 1024;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** One part of a ZIP as it lies there, packed. */
export interface ZipPart {
  method: number;
  crc: number;
  packed: Uint8Array;
  unpackedBytes: number;
}

/**
 * The parts of a ZIP by name. Each is unpacked once with a bound and thrown away: what the directory says of sizes is not
 * believed, so that no bomb reaches the reader. ZIP64, encryption and methods other than deflate are refused: no workbook
 * of this size needs them.
 * @throws SheetProblem damaged, unpacked_too_large
 */
export async function zipPartsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, ZipPart>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const entries = view.getUint16(end + 10, true);
  if (entries > MOST_ENTRIES) throw new SheetProblem("unpacked_too_large");
  const parts = new Map<string, ZipPart>();
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let entry = 0; entry < entries; entry++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw new SheetProblem("damaged");
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
    const method = view.getUint16(at + 10, true);
    const header = view.getUint32(at + 42, true);
    if (isEncrypted || (method !== 0 && method !== 8) || header + 30 > bytes.length)
      throw new SheetProblem("damaged");
    const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    const packed = bytes.subarray(start, start + view.getUint32(at + 20, true));
    const crc = view.getUint32(at + 16, true);
    const unpackedBytes = await unpackedBytesOf({ method, crc, packed }, MOST_UNPACKED_BYTES - unpacked);
    unpacked += unpackedBytes;
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    parts.set(name.replace(/^\//, ""), { method, crc, packed, unpackedBytes });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

/** The unpacked text of a small part. @throws RangeError for a large one */
export function textOfPart({ method, packed }: ZipPart): string {
  return new TextDecoder().decode(
    method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: MOST_TEXT_BYTES }),
  );
}

/**
 * The same XML with every character beyond ASCII as a reference (XML 1.0, 4.1). The reader decodes its input piece by piece
 * and would break a Chinese character that lies across two pieces.
 * @throws TypeError when it is not UTF-8
 */
export async function inAscii({ method, packed }: ZipPart): Promise<ZipPart> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let unpackedBytes = 0;
  async function* escaped(): AsyncGenerator<Buffer> {
    const pieces = method === 0 ? [packed] : Readable.from([packed]).pipe(createInflateRaw());
    for await (const piece of pieces) {
      const text = decoder.decode(piece as Uint8Array, { stream: true });
      const ascii = text.replaceAll(/\P{ASCII}/gu, (letter) => `&#${letter.codePointAt(0)};`);
      unpackedBytes += ascii.length;
      yield Buffer.from(ascii, "latin1");
    }
    decoder.decode();
  }
  const packedAgain = await buffer(Readable.from(escaped()).pipe(createDeflateRaw({ level: 1 })));
  return { method: 8, crc: 0, packed: packedAgain, unpackedBytes };
}

/** A ZIP of these parts in this order, packed as they were. */
export function zipOfParts(parts: readonly (readonly [name: string, part: ZipPart])[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, { method, crc, packed, unpackedBytes }] of parts) {
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL_SIGNATURE, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(unpackedBytes, 22);
    local.writeUInt16LE(nameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(ENTRY_SIGNATURE, 0);
    entry.writeUInt16LE(20, 4);
    local.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, nameBytes);
    pieces.push(local, nameBytes, Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength));
    offset += local.length + nameBytes.length + packed.length;
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, ...directory, end]);
}

/** Counted piece by piece, so that a bomb never lies in memory, and compared with its checksum. */
async function unpackedBytesOf(
  { method, crc, packed }: Omit<ZipPart, "unpackedBytes">,
  most: number,
): Promise<number> {
  let [size, sum] = [0, 0];
  try {
    const pieces = method === 0 ? [packed] : Readable.from([packed]).pipe(createInflateRaw());
    for await (const piece of pieces as AsyncIterable<Uint8Array> | Uint8Array[]) {
      size += piece.length;
      if (size > most) break;
      sum = crc32(piece, sum);
    }
  } catch {
    throw new SheetProblem("damaged");
  }
  if (size > most) throw new SheetProblem("unpacked_too_large");
  if (sum !== crc) throw new SheetProblem("damaged");
  return size;
}

/** The end of the central directory (APPNOTE 4.3.16), looked for from behind over the longest comment. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw new SheetProblem("damaged");
}
