import { z } from "zod";
import { bilingual } from "./language.ts";
import { liveMachine, stateCounts } from "./live.ts";
import { mapFilterFields } from "./map-filter.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";

/** How many machines a filter leaves within the caller's regions. */
export const mapCounts = z
  .object({
    machines: z.int(),
    /** Those that nobody has placed yet are on no map. */
    placed: z.int(),
    states: stateCounts,
    /** Machines with an open alarm. */
    alarms: z.int(),
  })
  .meta({ id: "MapCounts" });
export type MapCounts = z.infer<typeof mapCounts>;

const wrongArea = bilingual("地图范围格式不正确", "This is no part of the map");
const numbers = (text: string) => text.split(/[,;]/).map(Number);

/** The grid square of a tile's cluster, `zoom.column.row`, as the tile names it. */
const cell = z
  .string()
  .regex(/^\d{1,2}\.\d{1,9}\.\d{1,9}$/, { error: wrongArea })
  .transform((text) => text.split(".").map(Number) as [zoom: number, column: number, row: number])
  .refine(([zoom, column, row]) => zoom <= 22 && column < 12 * 2 ** zoom && row < 12 * 2 ** zoom, {
    error: wrongArea,
  });
/** `west,south,east,north` in WGS-84 degrees. */
const box = z
  .string()
  .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/, { error: wrongArea })
  .transform((text) => numbers(text) as [west: number, south: number, east: number, north: number])
  .refine(
    ([west, south, east, north]) => west <= east && south <= north && areDegrees([west, south, east, north]),
    {
      error: wrongArea,
    },
  );
/** `longitude,latitude;…`: 3 to 200 corners in WGS-84 degrees, closed by itself. */
const polygon = z
  .string()
  .max(8_000)
  .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?(;-?\d+(\.\d+)?,-?\d+(\.\d+)?){2,199}$/, { error: wrongArea })
  .transform((text) => text.split(";").map((corner) => numbers(corner) as [number, number]))
  .refine((corners) => areDegrees(corners.flat()), { error: wrongArea });

function areDegrees(values: readonly number[]): boolean {
  return values.every((value, index) => Math.abs(value) <= (index % 2 === 0 ? 180 : 90));
}

export const mapRoutes = {
  getMapTile: defineRoute({
    method: "GET",
    path: "/api/map/tiles/:z/:x/:y.mvt",
    tag: "map",
    summary:
      "Machines within the caller's regions as a vector tile (MVT 2): layer `machines`; below zoom 13 counts of a 12×12 grid " +
      "(n, working, alarm, cell), from 13 on each machine (id, state, alarm)",
    params: z
      .object({
        z: z.coerce.number().int().min(0).max(22),
        x: z.coerce.number().int().min(0),
        y: z.coerce.number().int().min(0),
      })
      .refine(({ z: zoom, x, y }) => x < 2 ** zoom && y < 2 ** zoom, { path: ["x"], error: wrongArea }),
    query: z.object(mapFilterFields),
    answers: { 200: z.unknown().meta({ description: "application/vnd.mapbox-vector-tile" }) },
    refusals: [401, 403],
  }),
  countMapMachines: defineRoute({
    method: "GET",
    path: "/api/map/counts",
    tag: "map",
    summary: "How many machines a filter leaves within the caller's regions, by state",
    query: z.object(mapFilterFields),
    answers: { 200: mapCounts },
    refusals: [401, 403],
  }),
  listMapMachines: defineRoute({
    method: "GET",
    path: "/api/map/machines",
    tag: "map",
    summary:
      "Machines of a part of the map (a cluster's cell, a box or a polygon; without one, of all of it) under a filter, the " +
      "most important state first",
    query: z
      .object({
        ...pageQuery,
        ...mapFilterFields,
        cell: cell.optional(),
        box: box.optional(),
        polygon: polygon.optional(),
      })
      .refine((query) => [query.cell, query.box, query.polygon].filter(Boolean).length <= 1, {
        path: ["cell"],
        error: bilingual("cell、box、polygon 只能给一个", "Give one of cell, box and polygon"),
      }),
    answers: { 200: pageOf(liveMachine) },
    refusals: [401, 403],
  }),
};
