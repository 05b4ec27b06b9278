import { crc32, deflateRawSync } from "node:zlib";
import { zipOfParts } from "../src/sheets/zip-parts.ts";

type Place = readonly [number, number];

/** A ZIP of named parts, packed. */
export function zipOf(parts: Readonly<Record<string, Uint8Array | string>>): Buffer {
  return zipOfParts(
    Object.entries(parts).map(([name, content]) => {
      const bytes = Buffer.from(content as string);
      const packed = deflateRawSync(bytes);
      return [name, { method: 8, crc: crc32(bytes), packed, unpackedBytes: bytes.length }] as const;
    }),
  );
}

/** A .shp of polygons, a ring each (ESRI Shapefile Technical Description, 1998). */
export function shpOf(polygons: readonly (readonly Place[])[]): Buffer {
  const records = polygons.map((clockwise, index) => {
    const content = Buffer.alloc(48 + clockwise.length * 16);
    content.writeInt32LE(5, 0);
    const [easts, norths] = [clockwise.map(([east]) => east), clockwise.map(([, north]) => north)];
    const box = [Math.min(...easts), Math.min(...norths), Math.max(...easts), Math.max(...norths)];
    for (const [at, value] of box.entries()) content.writeDoubleLE(value, 4 + at * 8);
    content.writeInt32LE(1, 36);
    content.writeInt32LE(clockwise.length, 40);
    clockwise.forEach(([east, north], at) => {
      content.writeDoubleLE(east, 48 + at * 16);
      content.writeDoubleLE(north, 56 + at * 16);
    });
    const head = Buffer.alloc(8);
    head.writeInt32BE(index + 1, 0);
    head.writeInt32BE(content.length / 2, 4);
    return Buffer.concat([head, content]);
  });
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + Buffer.concat(records).length) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  return Buffer.concat([head, ...records]);
}

/** A .dbf of texts (dBASE III), each cell as the bytes given. */
export function dbfOf(
  fields: readonly string[],
  rows: readonly (readonly Uint8Array[])[],
  width = 40,
): Buffer {
  const head = Buffer.alloc(32 + fields.length * 32 + 1);
  head.writeUInt8(3, 0);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + fields.length * width, 10);
  fields.forEach((field, at) => {
    head.write(field, 32 + at * 32, "latin1");
    head.write("C", 32 + at * 32 + 11, "latin1");
    head.writeUInt8(width, 32 + at * 32 + 16);
  });
  head.writeUInt8(13, head.length - 1);
  const cells = rows.map((row) =>
    Buffer.concat([
      Buffer.from(" "),
      ...row.map((cell) => Buffer.concat([cell, Buffer.alloc(width - cell.length, 32)])),
    ]),
  );
  return Buffer.concat([head, ...cells, Buffer.from([26])]);
}

export const kmlOf = (placemarks: string, head = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${placemarks}</Document></kml>`;

export const placemark = (name: string, ring: readonly Place[]) => `<Placemark><name>${name}</name><Polygon>
  <outerBoundaryIs><LinearRing><coordinates>${ring.map(([east, north]) => `${east},${north},0`).join(" ")}</coordinates></LinearRing></outerBoundaryIs>
</Polygon></Placemark>`;

export const featuresOf = (
  ...features: { properties?: Record<string, unknown>; ring?: readonly Place[]; geometry?: unknown }[]
) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: features.map(({ properties = {}, ring, geometry }) => ({
      type: "Feature",
      properties,
      geometry: geometry ?? { type: "Polygon", coordinates: [ring] },
    })),
  });
