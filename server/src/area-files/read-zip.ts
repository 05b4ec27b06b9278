import { inflateRawSync } from "node:zlib";
import { parseDbf, parseShp } from "shpjs";
import { SheetProblem } from "../sheets/sheet-problem.ts";
import { type ZipPart, zipPartsOf } from "../sheets/zip-parts.ts";
import { AreaFileProblem, plainProperties, type RawFeature } from "./raw-feature.ts";
import { readKml } from "./read-kml.ts";

/** A zipped Shapefile, or a KMZ. Parts are unpacked with a bound, whatever the directory says. @throws AreaFileProblem */
export async function readZip(bytes: Uint8Array): Promise<RawFeature[]> {
  const parts = [...(await partsOf(bytes))].filter(([name]) => !name.startsWith("__MACOSX/"));
  const partOf = (stem: string, extension: string) =>
    parts.find(([name]) => name.toLowerCase() === `${stem}${extension}`)?.[1];
  const shapes = parts.filter(([name]) => /\.shp$/i.test(name));
  if (shapes.length > 0) {
    return shapes.flatMap(([name, shp]) => {
      const stem = name.slice(0, -4).toLowerCase();
      return readShapefile(shp, partOf(stem, ".dbf"), partOf(stem, ".prj"), partOf(stem, ".cpg"));
    });
  }
  const documents = parts.filter(([name]) => /\.kml$/i.test(name));
  if (documents.length === 0) throw new AreaFileProblem("unknown_format");
  return documents.flatMap(([, part]) => readKml(new TextDecoder().decode(bytesOf(part))));
}

async function partsOf(bytes: Uint8Array) {
  try {
    return await zipPartsOf(bytes);
  } catch (error) {
    // Only what the archive itself has wrong; a fault of ours goes on.
    if (error instanceof SheetProblem)
      throw new AreaFileProblem(error.code === "unpacked_too_large" ? "too_large" : "damaged");
    if (error instanceof RangeError) throw new AreaFileProblem("damaged");
    throw error;
  }
}

function bytesOf({ method, packed, unpackedBytes }: ZipPart): Uint8Array {
  return method === 0
    ? packed
    : new Uint8Array(inflateRawSync(packed, { maxOutputLength: unpackedBytes + 1 }));
}

function readShapefile(shp: ZipPart, dbf?: ZipPart, prj?: ZipPart, cpg?: ZipPart): RawFeature[] {
  const text = (part: ZipPart | undefined) => part && new TextDecoder().decode(bytesOf(part));
  try {
    const geometries = parseShp(bytesOf(shp), text(prj));
    const rows = dbf ? readTable(bytesOf(dbf), text(cpg)) : [];
    return geometries.map((geometry, index) => ({ properties: plainProperties(rows[index]), geometry }));
  } catch {
    throw new AreaFileProblem("damaged");
  }
}

/** The number of rows in the head is not believed where the file is too short for them (dBASE III, table file header). */
function readTable(bytes: Uint8Array, encoding: string | undefined): Record<string, unknown>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [rows, headBytes, rowBytes] = [
    view.getUint32(4, true),
    view.getUint16(8, true),
    view.getUint16(10, true),
  ];
  if (rowBytes === 0 || headBytes + rows * rowBytes > bytes.length + 1)
    throw new RangeError("rows beyond the end");
  return parseDbf(bytes, encoding?.trim() || encodingOf(bytes));
}

/** Where no .cpg says it: files from China without one are in GBK more often than in anything else but UTF-8. */
function encodingOf(bytes: Uint8Array): string {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(
      bytes.subarray(new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true)),
    );
    return "utf-8";
  } catch {
    return "gb18030";
  }
}
