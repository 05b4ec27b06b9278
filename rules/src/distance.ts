import type { Position } from "@hanyouxu/protocol";

/** Mean Earth radius of IUGG in metres; the sphere errs by less than 0.6 %, far below a fix's own error here. */
const earthRadiusMetres = 6_371_008.8;

/** Great-circle distance of two WGS-84 places in metres (haversine, exact for near points). */
export function distanceMetres(
  a: Pick<Position, "latitudeDegrees" | "longitudeDegrees">,
  b: Pick<Position, "latitudeDegrees" | "longitudeDegrees">,
): number {
  const radians = Math.PI / 180;
  const halfLatitude = ((b.latitudeDegrees - a.latitudeDegrees) * radians) / 2;
  const halfLongitude = ((b.longitudeDegrees - a.longitudeDegrees) * radians) / 2;
  const chord =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(a.latitudeDegrees * radians) *
      Math.cos(b.latitudeDegrees * radians) *
      Math.sin(halfLongitude) ** 2;
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(chord)));
}
