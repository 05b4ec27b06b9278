import type { keyAreaBody } from "@hanyouxu/api";
import { distanceMetres, regimeOfKind, type WorkRegime } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { z } from "zod";
import type { Tables } from "../../db/tables.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { boxOf, centreOf } from "./geometry/measure.ts";
import { isShapeProblem, type ShapeProblem, type SoundShape, soundShapeOf } from "./geometry/sound-shape.ts";
import { isActiveSiteOwner, selectRegionsAbove } from "./queries.ts";

export type KeyAreaData = z.output<typeof keyAreaBody>;

/** An area whose shape, region and owner are in order; whether it overlaps another is another question. */
export type CheckedArea = Omit<KeyAreaData, "shape" | "regime"> & SoundShape & { regime: WorkRegime };

const shapeRefusals: Readonly<Record<ShapeProblem["problem"], ErrorCode>> = {
  "too-few-points": "key_area.too_few_points",
  "too-many-points": "key_area.too_many_points",
  "crosses-itself": "key_area.crosses_itself",
  "hole-misplaced": "key_area.hole_misplaced",
  "parts-overlap": "key_area.parts_overlap",
  "too-small": "key_area.too_small",
  "too-large": "key_area.too_large",
};

/** How far from the known middle of a region its land may lie, by the digits of its code: the widest of each level. */
const WIDEST_METRES: Readonly<Record<number, number>> = { 9: 40_000, 6: 150_000, 4: 500_000, 2: 1_500_000 };

/**
 * The area as it is to be kept.
 * @throws AppError key_area.<what is wrong with the shape>, key_area.heights_reversed, region.not_found,
 *   key_area.far_from_region, key_area.site_owner_unknown
 */
export async function checkedArea(
  db: Kysely<Tables>,
  { shape: drawn, ...data }: KeyAreaData,
): Promise<CheckedArea> {
  const shape = soundShapeOf(drawn);
  if (isShapeProblem(shape)) {
    const place = shape.at && { type: "Point", coordinates: shape.at };
    throw new AppError(shapeRefusals[shape.problem], { details: { place } });
  }
  const { minHeightMetres, maxHeightMetres } = data;
  if (minHeightMetres !== null && maxHeightMetres !== null && minHeightMetres >= maxHeightMetres) {
    throw new AppError("key_area.heights_reversed");
  }
  await requireNearRegion(db, data.region, shape);
  const { siteOwnerEnterpriseId } = data;
  if (siteOwnerEnterpriseId !== null && !(await isActiveSiteOwner(db, siteOwnerEnterpriseId))) {
    throw new AppError("key_area.site_owner_unknown");
  }
  const floors = data.floors && [...new Set(data.floors)];
  return { ...data, ...shape, floors, regime: data.regime ?? regimeOfKind(data.kind) };
}

/** Borders of regions are not known here: a middle is, of some, and catches the wrong county, datum or order. */
async function requireNearRegion(
  db: Kysely<Tables>,
  region: string,
  { geometry }: SoundShape,
): Promise<void> {
  const regions = await selectRegionsAbove(db, region);
  if (regions[0]?.region_code !== region) throw new AppError("region.not_found");
  const known = regions.find(({ latitude_degrees }) => latitude_degrees !== null);
  if (!known) return;
  const middle = { latitudeDegrees: known.latitude_degrees!, longitudeDegrees: known.longitude_degrees! };
  const place = centreOf(boxOf(geometry));
  const most = WIDEST_METRES[known.region_code.length] ?? Number.POSITIVE_INFINITY;
  if (distanceMetres(middle, place) <= most) return;
  const coordinates = [place.longitudeDegrees, place.latitudeDegrees];
  throw new AppError("key_area.far_from_region", { details: { place: { type: "Point", coordinates } } });
}
