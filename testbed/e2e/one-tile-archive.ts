import { crc32, deflateSync } from "node:zlib";

/** A PMTiles archive (specification version 3) that holds the world as one raster tile of one colour. */
export function oneTileArchive(colour: readonly [red: number, green: number, blue: number]): Buffer {
  const tile = plainPng(256, colour);
  const metadata = Buffer.from(JSON.stringify({ name: "演示" }));
  // One entry: tile 0, one in a row, so many bytes, at offset 0 (written plus one).
  const directory = Buffer.concat([1, 0, 1, tile.length, 1].map(varint));
  const directoryAt = 127;
  const metadataAt = directoryAt + directory.length;
  const tileAt = metadataAt + metadata.length;
  const header = Buffer.alloc(127);
  header.write("PMTiles\u0003", "latin1");
  const places = [
    directoryAt,
    directory.length,
    metadataAt,
    metadata.length,
    tileAt,
    0,
    tileAt,
    tile.length,
    1,
    1,
    1,
  ];
  for (const [index, place] of places.entries()) header.writeBigUInt64LE(BigInt(place), 8 + index * 8);
  const [clustered, uncompressed, png] = [1, 1, 2];
  header.set([clustered, uncompressed, uncompressed, png, 0, 0], 96);
  for (const [index, degrees] of [-180, -85, 180, 85].entries()) {
    header.writeInt32LE(degrees * 1e7, 102 + index * 4);
  }
  return Buffer.concat([header, directory, metadata, tile]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** A square PNG (RFC 2083) of one colour. */
function plainPng(pixels: number, colour: readonly number[]): Buffer {
  const row = Buffer.from([0, ...Array.from({ length: pixels }, () => colour).flat()]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  // Eight bits of red, green and blue each.
  head.set([8, 2, 0, 0, 0], 8);
  const content = deflateSync(Buffer.concat(Array.from({ length: pixels }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", content),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, sum]);
}
