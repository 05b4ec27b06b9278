/**
 * Reads an area file in a thread of its own: a hostile one may take all the memory or time that the thread has, and the
 * server goes on.
 */
import { parentPort, workerData } from "node:worker_threads";
import { AreaFileProblem, type AreaFileProblemCode, MOST_FEATURES, type RawFeature } from "./raw-feature.ts";
import { readGeoJson } from "./read-geojson.ts";
import { readKml } from "./read-kml.ts";
import { readZip } from "./read-zip.ts";

export type AreaFileAnswer =
  | { kind: "features"; features: RawFeature[] }
  | { kind: "problem"; code: AreaFileProblemCode };

async function read(bytes: Uint8Array): Promise<RawFeature[]> {
  const features = await featuresOf(bytes);
  if (features.length > MOST_FEATURES) throw new AreaFileProblem("too_many_features");
  return features;
}

/** What a file is, its content says: names and media types lie. */
async function featuresOf(bytes: Uint8Array): Promise<RawFeature[]> {
  // A ZIP local file header (APPNOTE 4.3.7).
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return await readZip(bytes);
  let text: string;
  try {
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    text = new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes).trimStart();
  } catch {
    throw new AreaFileProblem("unknown_format");
  }
  if (text.startsWith("<")) return readKml(text);
  if (text.startsWith("{")) return readGeoJson(text);
  throw new AreaFileProblem("unknown_format");
}

const port = parentPort;
if (port) {
  const say = (answer: AreaFileAnswer) => port.postMessage(answer);
  try {
    say({ kind: "features", features: await read(workerData as Uint8Array) });
  } catch (error) {
    if (error instanceof AreaFileProblem) say({ kind: "problem", code: error.code });
    // Nested deeper than any file of areas is.
    else if (error instanceof RangeError) say({ kind: "problem", code: "damaged" });
    else throw error;
  }
}
