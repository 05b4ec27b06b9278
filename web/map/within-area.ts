import type { AreaGeometry } from "@hanyouxu/api";
import { isInside } from "./drawn-shape.ts";

/** Whether a place lies in an area and in none of its holes. The border itself may count either way. */
export function isWithinArea(
  { type, coordinates }: AreaGeometry,
  { longitudeDegrees, latitudeDegrees }: { longitudeDegrees: number; latitudeDegrees: number },
): boolean {
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.some(
    // Inside the outline alone, an odd number of rings are around it: the outline, and no hole.
    (rings) => rings.filter((ring) => isInside(ring, [longitudeDegrees, latitudeDegrees])).length % 2 === 1,
  );
}
