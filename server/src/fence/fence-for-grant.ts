import {
  type Fence,
  MAX_FENCE_RADIUS_METRES,
  MAX_FENCE_VERTICES,
  METRES_PER_DEGREE,
  metresInsideFence,
} from "@hanyouxu/protocol";
import { AreaIndex } from "./area-index.ts";
import { type FenceShape, openRing, type Ring } from "./fence-shape.ts";
import { type PlanePoint, simplifyRing } from "./simplify-ring.ts";

/** The fence in a grant reaches at most so far beyond the true area: less than what a chip takes for outside. */
export const GRANT_FENCE_TOLERANCE_METRES = 15;
/** The least circle that is worth watching: a fix errs by as much. */
const LEAST_RADIUS_METRES = 20;

export interface GrantPlace {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

/**
 * An area as a grant can carry it, so that the chip holds it without a network: a circle as it is, a polygon with as many
 * corners as the wire takes. Where that cannot be told – a court in the middle, a spur that simplifying cuts off under the
 * machine's feet – the largest circle around the machine that fits.
 */
export function fenceForGrant(shape: FenceShape, machine: GrantPlace): Fence {
  if (shape.kind === "circle") return circle(shape, shape.radiusMetres);
  const metresInside = new AreaIndex([{ key: "area", shape }]).metresInside(
    "area",
    machine.latitudeDegrees,
    machine.longitudeDegrees,
  )!;
  const around = circle(machine, Math.max(LEAST_RADIUS_METRES, metresInside + GRANT_FENCE_TOLERANCE_METRES));
  const polygon = polygonAround(shape.polygons, machine);
  if (polygon.slice(1).some(isLarge)) return around;
  const fence = polygonFence(polygon[0]!);
  const inFence = metresInsideFence(fence, e7(machine.latitudeDegrees), e7(machine.longitudeDegrees));
  return inFence < Math.min(0, metresInside) ? around : fence;
}

function circle({ latitudeDegrees, longitudeDegrees }: GrantPlace, radiusMetres: number): Fence {
  return {
    kind: "circle",
    latitudeE7: e7(latitudeDegrees),
    longitudeE7: e7(longitudeDegrees),
    radiusMetres: Math.max(1, Math.min(MAX_FENCE_RADIUS_METRES, Math.round(radiusMetres))),
  };
}

function e7(degrees: number): number {
  return Math.round(degrees * 1e7);
}

/** The part of the area in which the machine stands, or next to which. */
function polygonAround(polygons: readonly (readonly Ring[])[], machine: GrantPlace): readonly Ring[] {
  const index = new AreaIndex(
    polygons.map((polygon, number) => ({
      key: `${number}`,
      shape: { kind: "polygons", polygons: [polygon] },
    })),
  );
  const metres = polygons.map(
    (_, number) => index.metresInside(`${number}`, machine.latitudeDegrees, machine.longitudeDegrees)!,
  );
  return polygons[metres.indexOf(Math.max(...metres))]!;
}

/** A hole so narrow that no chip could tell that it is in it may be filled. */
function isLarge(hole: Ring): boolean {
  const [, plane] = planeOf(hole);
  const xs = plane.map(([x]) => x);
  const ys = plane.map(([, y]) => y);
  const width = Math.max(...xs) - Math.min(...xs);
  const height = Math.max(...ys) - Math.min(...ys);
  return Math.min(width, height) > 2 * GRANT_FENCE_TOLERANCE_METRES;
}

function polygonFence(ring: Ring): Fence {
  const [toDegrees, plane] = planeOf(ring);
  const corners = simplifyRing(plane, MAX_FENCE_VERTICES, GRANT_FENCE_TOLERANCE_METRES);
  return { kind: "polygon", vertices: corners.map(toDegrees) };
}

/** A ring in metres around its first corner, and the way back to the wire's units. */
function planeOf(
  ring: Ring,
): [toE7: (point: PlanePoint) => { latitudeE7: number; longitudeE7: number }, points: PlanePoint[]] {
  const [longitude, latitude] = ring[0] as readonly [number, number];
  const eastPerDegree = METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  const points = openRing(ring).map(
    ([x, y]): PlanePoint => [(x! - longitude) * eastPerDegree, (y! - latitude) * METRES_PER_DEGREE],
  );
  return [
    ([x, y]) => ({
      latitudeE7: e7(latitude + y / METRES_PER_DEGREE),
      longitudeE7: e7(longitude + x / eastPerDegree),
    }),
    points,
  ];
}
