import type { AreaCircle, AreaGeometry } from "@hanyouxu/api";
import type { LonLat, PolygonRings, Ring } from "./planar.ts";

const EARTH_RADIUS_METRES = 6_371_008.8;
const METRES_PER_DEGREE = (EARTH_RADIUS_METRES * Math.PI) / 180;
/** The polygon for a circle: its sides are at most 0.12 % of the radius inside the circle. */
const CIRCLE_SIDES = 64;
/** Seven decimals are about a centimetre, finer than anybody surveys or a map is drawn. */
const DECIMALS = 1e7;

/** Of longitude and of latitude at a latitude; the bound keeps them finite at the poles, where nobody welds. */
export function metresPerDegree(latitude: number): { east: number; north: number } {
  return {
    east: METRES_PER_DEGREE * Math.max(0.01, Math.cos((latitude * Math.PI) / 180)),
    north: METRES_PER_DEGREE,
  };
}

export interface Box {
  westDegrees: number;
  southDegrees: number;
  eastDegrees: number;
  northDegrees: number;
}

export function polygonsOf(geometry: AreaGeometry): readonly PolygonRings[] {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

export function geometryOf(polygons: readonly PolygonRings[]): AreaGeometry {
  const [first] = polygons;
  return polygons.length === 1
    ? { type: "Polygon", coordinates: first! }
    : { type: "MultiPolygon", coordinates: polygons };
}

export function rounded([longitude, latitude]: LonLat): LonLat {
  return [Math.round(longitude * DECIMALS) / DECIMALS, Math.round(latitude * DECIMALS) / DECIMALS];
}

export function boxOf(geometry: AreaGeometry): Box {
  const box = { westDegrees: 180, southDegrees: 90, eastDegrees: -180, northDegrees: -90 };
  for (const [outline] of polygonsOf(geometry)) {
    for (const [longitude, latitude] of outline!) {
      box.westDegrees = Math.min(box.westDegrees, longitude);
      box.eastDegrees = Math.max(box.eastDegrees, longitude);
      box.southDegrees = Math.min(box.southDegrees, latitude);
      box.northDegrees = Math.max(box.northDegrees, latitude);
    }
  }
  return box;
}

/** On a plane that touches the sphere at the ring's own latitude: for the size of a site it errs below a per cent. */
export function squareMetresOf(polygons: readonly PolygonRings[]): number {
  return polygons.reduce(
    (sum, rings) =>
      sum +
      rings.reduce((rest, ring, index) => rest + (index === 0 ? 1 : -1) * Math.abs(signedArea(ring)), 0),
    0,
  );
}

/** Positive for a ring that goes anticlockwise. Square metres. */
export function signedArea(ring: Ring): number {
  const [originX, originY] = ring[0] ?? [0, 0];
  let twice = 0;
  for (let index = 1; index < ring.length; index++) {
    const [fromX, fromY] = ring[index - 1]!;
    const [toX, toY] = ring[index]!;
    twice += (fromX - originX) * (toY - originY) - (toX - originX) * (fromY - originY);
  }
  const { east, north } = metresPerDegree(originY);
  return (twice / 2) * east * north;
}

/** A polygon for a circle, anticlockwise from the east. */
export function ringOfCircle({ centre, radiusMetres }: AreaCircle): Ring {
  const [longitude, latitude] = centre;
  const { east, north } = metresPerDegree(latitude);
  const ring = Array.from({ length: CIRCLE_SIDES }, (_, side): LonLat => {
    const angle = (2 * Math.PI * side) / CIRCLE_SIDES;
    return rounded([
      longitude + (radiusMetres / east) * Math.cos(angle),
      latitude + (radiusMetres / north) * Math.sin(angle),
    ]);
  });
  return [...ring, ring[0]!];
}

export function centreOf({ westDegrees, southDegrees, eastDegrees, northDegrees }: Box) {
  return {
    latitudeDegrees: (southDegrees + northDegrees) / 2,
    longitudeDegrees: (westDegrees + eastDegrees) / 2,
  };
}
