import type { DatumOfFile } from "@hanyouxu/api";
import gcoord from "gcoord";
import type { LonLat } from "./planar.ts";

/**
 * Where GCJ-02 is defined with room to spare: at the edge of its box the library's search for the inverse may go to and
 * fro for ever.
 */
const CHINA = { west: 73, south: 3, east: 136, north: 54 };

/** Undefined for a place for which GCJ-02 is not defined. CGCS2000 differs from WGS-84 by centimetres and counts as it. */
export function toWgs84(place: LonLat, datum: DatumOfFile): LonLat | undefined {
  if (datum !== "gcj02") return place;
  const [longitude, latitude] = place;
  const isInChina =
    longitude >= CHINA.west && longitude <= CHINA.east && latitude >= CHINA.south && latitude <= CHINA.north;
  return isInChina ? gcoord.transform([longitude, latitude], gcoord.GCJ02, gcoord.WGS84) : undefined;
}
