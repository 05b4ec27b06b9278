import type { AreaGeometry } from "@hanyouxu/api";
import { metresPerDegree, polygonsOf } from "./measure.ts";
import { type LonLat, sideOfRing } from "./planar.ts";

/** From a place to the nearest point of an area in metres; 0 inside. On a plane that touches the sphere at the place. */
export function metresToArea(place: LonLat, geometry: AreaGeometry): number {
  const { east, north } = metresPerDegree(place[1]);
  const inMetres = ([longitude, latitude]: LonLat): LonLat => [
    (longitude - place[0]) * east,
    (latitude - place[1]) * north,
  ];
  let nearest = Number.POSITIVE_INFINITY;
  for (const rings of polygonsOf(geometry)) {
    const [outline, ...holes] = rings;
    const isInside =
      sideOfRing(outline!, place) !== "outside" &&
      !holes.some((hole) => sideOfRing(hole, place) === "inside");
    if (isInside) return 0;
    for (const ring of rings) {
      for (let index = 1; index < ring.length; index++) {
        nearest = Math.min(nearest, metresToSide(inMetres(ring[index - 1]!), inMetres(ring[index]!)));
      }
    }
  }
  return nearest;
}

/** A box around a place that holds everything within a distance. */
export function boxAround([longitude, latitude]: LonLat, withinMetres: number) {
  const { east, north } = metresPerDegree(latitude);
  return {
    westDegrees: longitude - withinMetres / east,
    eastDegrees: longitude + withinMetres / east,
    southDegrees: latitude - withinMetres / north,
    northDegrees: latitude + withinMetres / north,
  };
}

/** From the origin, in the unit of the coordinates. */
function metresToSide([fromX, fromY]: LonLat, [toX, toY]: LonLat): number {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX ** 2 + alongY ** 2;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * alongX + fromY * alongY) / length));
  return Math.hypot(fromX + part * alongX, fromY + part * alongY);
}
