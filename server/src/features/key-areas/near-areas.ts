import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { boxAround, metresToArea } from "./geometry/distance.ts";
import type { LonLat } from "./geometry/planar.ts";
import { type KeyAreaFilter, type KeyAreaRow, selectKeyAreas } from "./queries.ts";

/** Those of the filter within a distance of a place, the nearest first: a box by the index, then the true distance. */
export async function areasNear(
  db: Kysely<Tables>,
  filter: KeyAreaFilter,
  place: LonLat,
  withinMetres: number,
): Promise<KeyAreaRow[]> {
  const rows = await selectKeyAreas(db, { ...filter, box: boxAround(place, withinMetres) });
  return rows
    .map((row) => ({ row, metres: metresToArea(place, row.geometry) }))
    .filter(({ metres }) => metres <= withinMetres)
    .sort((a, b) => a.metres - b.metres)
    .map(({ row }) => row);
}
