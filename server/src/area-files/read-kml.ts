import { kml } from "@tmcw/togeojson";
import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";
import { AreaFileProblem, plainProperties, type RawFeature } from "./raw-feature.ts";

/**
 * The placemarks of a KML. A document type is refused whole, and with it every entity of its own: no KML needs one, and
 * entities are how a small file becomes a large one or asks for another. Links to other files are not followed.
 * @throws AreaFileProblem
 */
export function readKml(text: string): RawFeature[] {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new AreaFileProblem("unsafe_xml");
  try {
    const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, "text/xml");
    // The library walks the standard's nodes; only the names of the two packages' types differ.
    const { features } = kml(document as unknown as Parameters<typeof kml>[0]);
    return features.map(({ properties, geometry }) => ({
      properties: plainProperties(properties),
      geometry,
    }));
  } catch {
    throw new AreaFileProblem("damaged");
  }
}
