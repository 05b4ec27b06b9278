import { AreaFileProblem, plainProperties, type RawFeature } from "./raw-feature.ts";

/** Names of coordinate systems in degrees that count as WGS-84 here, in the `crs` member of the format of 2008. */
const DEGREES = /CRS84|EPSG:{1,2}(4326|4490)$/;

/** A feature collection, a feature or a bare geometry. @throws AreaFileProblem */
export function readGeoJson(text: string): RawFeature[] {
  let file: Record<string, unknown>;
  try {
    file = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new AreaFileProblem("damaged");
  }
  const crs = (file.crs as { properties?: { name?: unknown } } | undefined)?.properties?.name;
  if (crs !== undefined && !DEGREES.test(String(crs))) throw new AreaFileProblem("crs_unsupported");
  if (file.type === "FeatureCollection" && Array.isArray(file.features)) return file.features.map(featureOf);
  if (file.type === "Feature") return [featureOf(file)];
  if ("coordinates" in file || "geometries" in file) return [{ properties: {}, geometry: file }];
  throw new AreaFileProblem("unknown_format");
}

function featureOf(feature: unknown): RawFeature {
  const { properties, geometry } = (feature ?? {}) as { properties?: unknown; geometry?: unknown };
  return { properties: plainProperties(properties), geometry: geometry ?? null };
}
