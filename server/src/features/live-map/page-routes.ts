import { type FieldGroup, type MapLayerName, mapPageRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { STATION_READERS } from "../duty/duty.ts";
import { requireSight, sightOf } from "../sign-in/sign-in.ts";
import { choicesOf } from "./choices.ts";
import { selectLayer } from "./layer-queries.ts";
import type { MachineColumns } from "./machine-columns.ts";
import { mapSightOf } from "./map-sight.ts";
import { searchMap } from "./search.ts";
import { selectionOf } from "./selection.ts";

const layerGroups: Record<Exclude<MapLayerName, "fireStations">, FieldGroup> = {
  enterprises: "enterprises",
  workSessions: "sessions",
  permits: "sessions",
  alarms: "alarms",
};

/** What the map page asks beside tiles and lists: always within what the caller may see. */
export function registerMapPage(
  server: FastifyInstance,
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  columns: MachineColumns,
): void {
  handle(server, mapPageRoutes.mapChoices, async (request) => {
    const { person, scope } = requireSight(request, "machines", "counts");
    const sight = { ...mapSightOf(person), machines: scope, alarms: sightOf(person, "alarms", "counts") };
    return { choices: choicesOf(columns, sight, request.query, ctx.clock.nowMs()) };
  });

  handle(server, mapPageRoutes.searchMap, async (request) => {
    const { person, scope } = requireSight(request, "machines");
    const sight = {
      ...mapSightOf(person),
      enterprises: sightOf(person, "enterprises"),
      keyAreas: sightOf(person, "keyAreas"),
      fireStations: sightOf(person, "alarms", "rows", STATION_READERS),
      regions: scope,
    };
    return { items: await searchMap(ctx, columns, sight, request.query.text) };
  });

  handle(server, mapPageRoutes.getMapLayer, async (request) => {
    const { layer } = request.params;
    const { scope } =
      layer === "fireStations"
        ? requireSight(request, "alarms", "rows", STATION_READERS)
        : requireSight(request, layerGroups[layer]);
    const { person } = requireSight(request, "machines");
    const sight = { scope, machines: sightOf(person, "machines") };
    return await selectLayer(ctx.db, layer, sight, request.query.box);
  });

  handle(server, mapPageRoutes.selectOnMap, async (request) => {
    const { person } = requireSight(request, "machines");
    const { polygon, ...filter } = request.query;
    const sight = { ...mapSightOf(person), sessions: sightOf(person, "sessions") };
    return await selectionOf(ctx, columns, sight, filter, polygon);
  });
}
