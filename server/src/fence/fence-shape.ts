/** Longitude and latitude in degrees, WGS-84, as GeoJSON orders them (RFC 7946 §3.1.1). */
export type LonLat = readonly number[];

/** Closed as in GeoJSON, or open: the last vertex is joined to the first either way. */
export type Ring = readonly LonLat[];

/**
 * The ground an area covers: a circle as it was drawn, or polygons, each its outer ring and then its holes. Parts do not
 * overlap, so that a place is inside exactly when it lies within an odd number of rings.
 */
export type FenceShape =
  | { kind: "circle"; latitudeDegrees: number; longitudeDegrees: number; radiusMetres: number }
  | { kind: "polygons"; polygons: readonly (readonly Ring[])[] };

export interface FenceArea {
  /** What the caller knows it by. */
  key: string;
  shape: FenceShape;
}

/** West, south, east, north in degrees. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** The vertices of a ring without the last where it repeats the first. */
export function openRing(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 1 && first![0] === last![0] && first![1] === last![1] ? ring.slice(0, -1) : ring;
}
