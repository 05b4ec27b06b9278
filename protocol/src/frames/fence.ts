import type { CborValue } from "../cbor.ts";
import { Fields } from "../fields.ts";
import { RejectedInput } from "../rejection.ts";

/** Where a grant holds. WGS-84 in 1e-7 degrees; a polygon closes itself. Circle or polygon shows in the number of items. */
export type Fence =
  | { kind: "circle"; latitudeE7: number; longitudeE7: number; radiusMetres: number }
  | { kind: "polygon"; vertices: readonly { latitudeE7: number; longitudeE7: number }[] };

export const MAX_FENCE_VERTICES = 24;
export const MAX_FENCE_RADIUS_METRES = 65_535;
const CIRCLE_LENGTH = 3;

export function fenceToCbor(fence: Fence | null): CborValue {
  if (!fence) return null;
  if (fence.kind === "circle") return [fence.latitudeE7, fence.longitudeE7, fence.radiusMetres];
  return fence.vertices.flatMap((vertex) => [vertex.latitudeE7, vertex.longitudeE7]);
}

/** @throws RejectedInput */
export function fenceFromCbor(value: unknown): Fence | null {
  if (value === null) return null;
  if (!Array.isArray(value)) throw new RejectedInput("wrong-shape", "fence");
  const fields = new Fields(value, "fence", value.length);
  if (value.length === CIRCLE_LENGTH) {
    return {
      kind: "circle",
      ...readVertex(fields),
      radiusMetres: fields.integer("radiusMetres", 1, MAX_FENCE_RADIUS_METRES),
    };
  }
  const vertexCount = value.length / 2;
  if (!Number.isInteger(vertexCount) || vertexCount < 3 || vertexCount > MAX_FENCE_VERTICES) {
    throw new RejectedInput("out-of-range", "fence");
  }
  return { kind: "polygon", vertices: Array.from({ length: vertexCount }, () => readVertex(fields)) };
}

function readVertex(fields: Fields): { latitudeE7: number; longitudeE7: number } {
  return {
    latitudeE7: fields.integer("latitudeE7", -900_000_000, 900_000_000),
    longitudeE7: fields.integer("longitudeE7", -1_800_000_000, 1_800_000_000),
  };
}

/** Of a great circle on the sphere that chip and platform measure on, so that both find the same side of a fence. */
export const METRES_PER_DEGREE = 111_195;

/** The shorter way round, so that a fence may cross 180°. */
function degreesEast(fromE7: number, toE7: number): number {
  const degrees = (toE7 - fromE7) / 1e7;
  if (degrees > 180) return degrees - 360;
  return degrees < -180 ? degrees + 360 : degrees;
}

/** Metres from a place to a fence's edge: positive inside, negative outside. Flat-earth, good to 0.1 % within 20 km. */
export function metresInsideFence(fence: Fence, latitudeE7: number, longitudeE7: number): number {
  const cosLatitude = Math.cos((latitudeE7 / 1e7) * (Math.PI / 180));
  const toLocal = (place: { latitudeE7: number; longitudeE7: number }): [number, number] => [
    degreesEast(longitudeE7, place.longitudeE7) * METRES_PER_DEGREE * cosLatitude,
    ((place.latitudeE7 - latitudeE7) / 1e7) * METRES_PER_DEGREE,
  ];
  if (fence.kind === "circle") {
    const [x, y] = toLocal(fence);
    return fence.radiusMetres - Math.hypot(x, y);
  }
  const ring = fence.vertices.map(toLocal);
  let isInside = false;
  let nearestMetres = Number.POSITIVE_INFINITY;
  for (let index = 0; index < ring.length; index++) {
    const [ax, ay] = ring[index]!;
    const [bx, by] = ring[(index + 1) % ring.length]!;
    if (ay > 0 !== by > 0 && 0 < ((bx - ax) * (0 - ay)) / (by - ay) + ax) isInside = !isInside;
    const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2;
    const along =
      lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / lengthSquared));
    nearestMetres = Math.min(nearestMetres, Math.hypot(ax + along * (bx - ax), ay + along * (by - ay)));
  }
  return isInside ? nearestMetres : -nearestMetres;
}
