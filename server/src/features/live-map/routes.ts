import { createHash } from "node:crypto";
import { mapRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireSight, sightOf } from "../sign-in/sign-in.ts";
import type { MachineColumns } from "./machine-columns.ts";
import { countsOf, listOf } from "./map-list.ts";
import { mapSightOf } from "./map-sight.ts";
import { Matcher } from "./matcher.ts";
import { tileOf } from "./tile.ts";

/** Tiles, counts and lists of machines, of the columns as they are: always within what the caller may see. */
export function registerLiveMap(
  server: FastifyInstance,
  ctx: Pick<AppContext, "clock">,
  columns: MachineColumns,
): void {
  handle(server, mapRoutes.getMapTile, async (request, reply) => {
    const { person } = requireSight(request, "machines");
    const matcher = new Matcher(columns, mapSightOf(person), request.query, ctx.clock.nowMs());
    const tile = tileOf(columns, matcher, request.params);
    // What one person may see stays out of what the next one at the same desk finds in the browser.
    reply.header("cache-control", "no-store").type("application/vnd.mapbox-vector-tile");
    // A map that asks again, as each does every few seconds, draws nothing anew where it is the same (RFC 9110 §8.8.3).
    reply.header("etag", `"${createHash("sha256").update(tile).digest("base64url")}"`);
    return Buffer.from(tile.buffer, tile.byteOffset, tile.byteLength);
  });

  handle(server, mapRoutes.countMapMachines, async (request) => {
    const { person, scope } = requireSight(request, "machines", "counts");
    const sight = { ...mapSightOf(person), machines: scope, alarms: sightOf(person, "alarms", "counts") };
    return countsOf(columns, new Matcher(columns, sight, request.query, ctx.clock.nowMs()));
  });

  handle(server, mapRoutes.listMapMachines, async (request) => {
    const { person } = requireSight(request, "machines");
    const { cell, box, polygon, page, pageSize, ...filter } = request.query;
    const matcher = new Matcher(columns, mapSightOf(person), filter, ctx.clock.nowMs());
    return { ...listOf(columns, matcher, { cell, box, polygon }, { page, pageSize }), page, pageSize };
  });
}
