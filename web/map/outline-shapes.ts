import outlineUrl from "./generated/outline.json?url";

/** A county of the bundled outline; `adcode` is its GB/T 2260 code, `home` the county that the platform is at home in. */
export type OutlineCounty = GeoJSON.Feature<
  GeoJSON.MultiPolygon,
  { adcode: number; name: string; home?: boolean }
>;
type Label = GeoJSON.Feature<GeoJSON.Point, { name: string }>;
/** Where a county borders on none: the coast, and what the outline does not go beyond. */
type Edge = GeoJSON.Feature<GeoJSON.MultiLineString, { edgeOf: number }>;

export interface Outline {
  counties: readonly OutlineCounty[];
  /** Where a county's name stands, by its code: longitude, latitude in WGS-84 degrees. */
  centres: ReadonlyMap<string, readonly [number, number]>;
}

let loaded: Promise<Outline> | undefined;

/** The bundled outlines, fetched once; a failure is tried again by who asks next. */
export function loadOutline(): Promise<Outline> {
  loaded ??= fetchOutline().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function fetchOutline(): Promise<Outline> {
  const response = await fetch(new URL(outlineUrl, location.href));
  if (!response.ok) throw new Error(`outline: ${response.status}`);
  const { features } = (await response.json()) as { features: (OutlineCounty | Label | Edge)[] };
  const counties = features.filter(
    (feature): feature is OutlineCounty => feature.geometry.type === "MultiPolygon",
  );
  const labels = features.filter((feature): feature is Label => feature.geometry.type === "Point");
  // Labels follow the counties, in their order.
  const centres = counties.map(({ properties }, index) => {
    const [longitude = 0, latitude = 0] = labels[index]?.geometry.coordinates ?? [];
    return [String(properties.adcode), [longitude, latitude]] as const;
  });
  return { counties, centres: new Map(centres) };
}
