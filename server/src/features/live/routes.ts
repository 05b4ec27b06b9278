import {
  LIVE_EVENTS_PATH,
  LIVE_PATH,
  liveRequest,
  liveRoutes,
  liveView,
  type MapConfig,
} from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Config } from "../../config/config.ts";
import type { AppContext } from "../../context.ts";
import { closeWithSignIn } from "../../http/close-with-sign-in.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { beginEventStream } from "../../http/event-stream.ts";
import { PMTILES_PATH, tiandituTemplates } from "../map-tiles/map-tiles.ts";
import { maySignedInGoOn, requireSight } from "../sign-in/sign-in.ts";
import { LiveEvents } from "./events.ts";
import type { LivePicture } from "./live-picture.ts";
import { liveSightOf } from "./live-sight.ts";
import { PacedRequests } from "./paced-requests.ts";

/** A page that takes no more than this is cut off at once; it comes back and begins anew. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

export function registerLive(server: FastifyInstance, ctx: AppContext, picture: LivePicture): void {
  handle(server, liveRoutes.mapConfig, async () => mapConfigOf(ctx.config));

  server.get(
    LIVE_PATH,
    { websocket: true, preHandler: async (request) => void requireSight(request, "machines", "counts") },
    (socket, request) => {
      const { person, scope } = requireSight(request, "machines", "counts");
      const tooSlow = () => socket.close(1013, "too slow");
      const send = (data: string | Uint8Array) => {
        if (socket.bufferedAmount > MAX_BUFFERED_BYTES) tooSlow();
        else socket.send(data);
      };
      const following = picture.follow(
        scope,
        (message) => send(JSON.stringify(message)),
        liveSightOf(person),
        {
          sendCell: send,
          bufferedBytes: () => socket.bufferedAmount,
          close: tooSlow,
        },
      );
      const requests = new PacedRequests(ctx.clock, following);
      socket.on("message", (data: Buffer) => {
        const request = liveRequest.safeParse(parsed(data.toString("utf8")));
        if (request.success) requests.take(request.data);
      });
      // What the other side sends wrong closes the socket; that is all there is to do about it.
      socket.on("error", (error) => request.log.info({ err: error }, "live connection broken"));
      closeWithSignIn(ctx.clock, socket, () => maySignedInGoOn(ctx, request));
      socket.on("close", () => {
        requests.stop();
        following.leave();
      });
    },
  );

  const events = new LiveEvents(ctx.clock, picture);
  server.addHook("preClose", async () => events.endAll());
  server.get(
    LIVE_EVENTS_PATH,
    { schema: { querystring: eventsQuery }, preValidation: refuseStrangers },
    async (request, reply) => {
      const { person, scope } = requireSight(request, "machines", "counts");
      const { view } = request.query as z.output<typeof eventsQuery>;
      const following = { scope, sight: liveSightOf(person), view };
      events.follow(beginEventStream(reply), following, () => maySignedInGoOn(ctx, request));
      return reply;
    },
  );
}

const eventsQuery = z.object({
  view: z.string().max(16_000).transform(parsed).pipe(liveView).optional(),
});

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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
