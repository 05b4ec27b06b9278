import { z } from "zod";
import { stateCounts } from "./live.ts";
import { mapBox, mapPolygon } from "./map-area.ts";
import { mapFilterFields } from "./map-filter.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";

const place = position.omit({ accuracyMetres: true });

/** Of each field of the filter how many machines every choice would leave, were it chosen in the place of what is. */
export const mapChoices = z
  .object({
    choices: z.record(z.string(), z.record(z.string(), z.int())),
  })
  .meta({ id: "MapChoices" });
export type MapChoices = z.infer<typeof mapChoices>;

/** What is found by a word; kinds whose group is not seen are left out. */
export const mapHitKind = z.enum(["machine", "enterprise", "region", "keyArea", "fireStation"]);
export type MapHitKind = z.infer<typeof mapHitKind>;

export const mapHit = z
  .object({
    kind: mapHitKind,
    /** Of a region its code. */
    id: z.string(),
    name: z.string(),
    /** What tells it from others of the same name: the machine code with the firm, an address, the township. */
    detail: z.string(),
    /** Null where nobody has placed it. */
    place: place.nullable(),
  })
  .meta({ id: "MapHit" });
export type MapHit = z.infer<typeof mapHit>;

/** What can be laid over the map beside machines and key areas. */
export const mapLayerName = z.enum(["enterprises", "workSessions", "fireStations", "permits", "alarms"]);
export type MapLayerName = z.infer<typeof mapLayerName>;

/** So many of a square are named. */
export const MOST_NAMED_IN_SQUARE = 20;

/** A square of the grid over the asked box: how many lie in it, where on average, and the first of them. */
export const mapSquare = z.object({
  count: z.int(),
  place: place,
  /** Of work under power the machine's id and name, of a permit its number, of an alarm its machine's name. */
  items: z.array(z.object({ id: z.string(), name: z.string() })).max(MOST_NAMED_IN_SQUARE),
});
export const mapLayer = z.object({ total: z.int(), squares: z.array(mapSquare) }).meta({ id: "MapLayer" });
export type MapLayer = z.infer<typeof mapLayer>;

const counts = z.record(z.string(), z.int());

/** What lies within a drawn polygon under the filter. */
export const mapSelection = z
  .object({
    machines: z.int(),
    enterprises: z.int(),
    /** Machines with an open alarm. */
    alarms: z.int(),
    states: stateCounts,
    /** Machines by welding process, and by the kind of their firm; "" stands for not given. */
    processes: counts,
    enterpriseTypes: counts,
    /** Under power now; null where sessions are not seen. */
    workSessions: z.int().nullable(),
    /** Different people in them; null where they are not seen or too few to be told apart from one another. */
    welders: z.int().nullable(),
    isWeldersWithheld: z.boolean(),
  })
  .meta({ id: "MapSelection" });
export type MapSelection = z.infer<typeof mapSelection>;

/** The drawn polygon and the map's filter. */
export const mapSelectionQuery = z.object({ ...mapFilterFields, polygon: mapPolygon });

export const mapPageRoutes = {
  mapChoices: defineRoute({
    method: "GET",
    path: "/api/map/choices",
    tag: "map",
    summary:
      "For every field of the filter how many machines each choice would leave, the other fields as they are",
    query: z.object(mapFilterFields),
    answers: { 200: mapChoices },
    refusals: [401, 403],
  }),
  searchMap: defineRoute({
    method: "GET",
    path: "/api/map/search",
    tag: "map",
    summary:
      "Machines by name, machine code or the number on their plate, firms by name or address, regions, key areas and fire " +
      "stations by name: the first few of each within the caller's regions, with their places",
    query: z.object({ text: z.string().trim().min(1).max(60) }),
    answers: { 200: z.object({ items: z.array(mapHit) }) },
    refusals: [401, 403],
  }),
  getMapLayer: defineRoute({
    method: "GET",
    path: "/api/map/layers/:layer",
    tag: "map",
    summary:
      "Firms, work under power, fire stations, permits in force or open alarms of a box, counted in squares of a grid",
    params: z.object({ layer: mapLayerName }),
    query: z.object({ box: mapBox }),
    answers: { 200: mapLayer },
    refusals: [401, 403],
  }),
  selectOnMap: defineRoute({
    method: "GET",
    path: "/api/map/selection",
    tag: "map",
    summary: "What lies within a polygon under the filter: machines, firms, alarms, work under power",
    query: mapSelectionQuery,
    answers: { 200: mapSelection },
    refusals: [401, 403],
  }),
};
