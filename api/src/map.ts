import { z } from "zod";
import { bilingual } from "./language.ts";
import { liveMachine, stateCounts } from "./live.ts";
import { mapBox, mapCell, mapPolygon, wrongArea } from "./map-area.ts";
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
        cell: mapCell.optional(),
        box: mapBox.optional(),
        polygon: mapPolygon.optional(),
      })
      .refine((query) => [query.cell, query.box, query.polygon].filter(Boolean).length <= 1, {
        path: ["cell"],
        error: bilingual("cell、box、polygon 只能给一个", "Give one of cell, box and polygon"),
      }),
    answers: { 200: pageOf(liveMachine) },
    refusals: [401, 403],
  }),
};
