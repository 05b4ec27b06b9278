import type { MovementSort } from "@hanyouxu/api";
import { type RawBuilder, sql } from "kysely";

/** What lists are ordered by. @param regionColumn our own text, never input */
export function movementOrder(sort: MovementSort, regionColumn: string): RawBuilder<unknown> {
  const columns: Record<string, RawBuilder<unknown>> = {
    moves: sql`coalesce(v.moves, 0)`,
    farthestMetres: sql`coalesce(v.farthest_metres, 0)`,
    placeCount: sql`coalesce(v.place_count, 0)`,
    region: sql.ref(regionColumn),
  };
  const column = columns[sort.replace("-", "")]!;
  return sort.startsWith("-") ? sql`${column} desc` : column;
}
