import { LIVE_PATH, liveRequest, liveRoutes, type MapConfig } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { Config } from "../../config/config.ts";
import type { AppContext } from "../../context.ts";
import { closeWithSignIn } from "../../http/close-with-sign-in.ts";
import { handle } from "../../http/contract-route.ts";
import { PMTILES_PATH, tiandituTemplates } from "../map-tiles/map-tiles.ts";
import { maySignedInGoOn, type Person, requireSight, sightOf, sightSummary } from "../sign-in/sign-in.ts";
import type { LivePicture, LiveSight } from "./live-picture.ts";

/** A page that takes no more than this is cut off; it comes back and gets a snapshot. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** A snapshot can be a megabyte: a page gets one a second at most. */
const RESYNC_EVERY_MS = 1_000;

export function registerLive(server: FastifyInstance, ctx: AppContext, picture: LivePicture): void {
  handle(server, liveRoutes.mapConfig, async () => mapConfigOf(ctx.config));

  server.get(
    LIVE_PATH,
    { websocket: true, preHandler: async (request) => void requireSight(request, "machines", "counts") },
    (socket, request) => {
      const { person, scope } = requireSight(request, "machines", "counts");
      const send: Parameters<LivePicture["follow"]>[1] = (message) => {
        if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(1013, "too slow");
        else socket.send(JSON.stringify(message));
      };
      const following = picture.follow(scope, send, liveSightOf(person));
      let nextResyncMs = 0;
      socket.on("message", (data: Buffer) => {
        if (!liveRequest.safeParse(parsed(data)).success || ctx.clock.nowMs() < nextResyncMs) return;
        nextResyncMs = ctx.clock.nowMs() + RESYNC_EVERY_MS;
        following.resync();
      });
      // What the other side sends wrong closes the socket; that is all there is to do about it.
      socket.on("error", (error) => request.log.info({ err: error }, "live connection broken"));
      closeWithSignIn(ctx.clock, socket, () => maySignedInGoOn(ctx, request));
      socket.on("close", () => following.leave());
    },
  );
}

function liveSightOf(person: Person): LiveSight {
  const counted = (group: "decisions" | "alarms") => {
    const { sees } = sightSummary(person);
    return sees[group] === "none" ? undefined : sightOf(person, group, "counts");
  };
  return {
    machines: sightOf(person, "machines"),
    readings: sightOf(person, "readings"),
    decisions: counted("decisions"),
    alarms: counted("alarms"),
    alarmRows: sightOf(person, "alarms"),
  };
}

/** Wuyi county, where the demonstration is; a person's own region is fitted by the page. */
const CENTRE = { longitudeDegrees: 119.81, latitudeDegrees: 28.89, zoom: 9.5 };

/** What the map is drawn on: the configured tiles, 天地图, or the bundled outline. */
export function mapConfigOf({ map, demo }: Pick<Config, "map" | "demo">): MapConfig {
  return { base: baseOf(map), approvalNumber: map.approvalNumber ?? null, centre: CENTRE, isDemo: demo };
}

function baseOf({ tiles, tiandituKey, pmtilesFile, attribution }: Config["map"]): MapConfig["base"] {
  if (pmtilesFile) return { kind: "pmtiles", url: PMTILES_PATH, attribution };
  if (tiles) return { kind: "xyz", tileUrlTemplates: [tiles.urlTemplate], attribution };
  return tiandituKey ? { kind: "tianditu", tileUrlTemplates: tiandituTemplates } : { kind: "outline" };
}

function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return undefined;
  }
}
