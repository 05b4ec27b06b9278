import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { refuseStrangers } from "../../http/contract-route.ts";

/** The address of 天地图's tiles on this server, for the pages' map. */
export const tiandituTemplates = ["vec", "cva"].map((layer) => `/api/map-tiles/${layer}/{z}/{x}/{y}`);

export { PMTILES_PATH, registerPmtilesFile } from "./pmtiles-file.ts";

const tile = z
  .object({
    layer: z.enum(["vec", "cva"]),
    z: z.coerce.number().int().min(0).max(18),
    x: z.coerce.number().int().min(0),
    y: z.coerce.number().int().min(0),
  })
  .refine(({ z: zoom, x, y }) => x < 2 ** zoom && y < 2 ** zoom, { path: ["x"] });

const patienceMs = 10_000;
const largestTileBytes = 512 * 1024;

/**
 * Passes 天地图's tiles on, so that its key never leaves the server. The upstream address is fixed by the configuration;
 * callers choose only layer and whole numbers within the grid.
 */
export function registerMapTiles(
  server: FastifyInstance,
  ctx: Pick<AppContext, "config" | "log">,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): void {
  const { tiandituKey, tiandituUrl } = ctx.config.map;
  if (tiandituKey === undefined) return;
  server.get(
    "/api/map-tiles/:layer/:z/:x/:y",
    { schema: { params: tile }, preValidation: refuseStrangers },
    async (request, reply) => {
      const { layer, z: zoom, x, y } = request.params as z.infer<typeof tile>;
      const query = new URLSearchParams({
        SERVICE: "WMTS",
        REQUEST: "GetTile",
        VERSION: "1.0.0",
        LAYER: layer,
        STYLE: "default",
        TILEMATRIXSET: "w",
        FORMAT: "tiles",
        TILEMATRIX: String(zoom),
        TILEROW: String(y),
        TILECOL: String(x),
        tk: tiandituKey,
      });
      const picture = await fetchTile(fetch, `${tiandituUrl}/${layer}_w/wmts?${query}`);
      if ("failure" in picture) {
        ctx.log.warn({ failure: picture.failure, layer, zoom }, "天地图 gave no tile");
        throw new AppError("service.unavailable");
      }
      return reply
        .header("cache-control", "private, max-age=604800")
        .type(picture.type)
        .send(Buffer.from(picture.bytes));
    },
  );
}

type Picture = { bytes: ArrayBuffer; type: string } | { failure: string };

async function fetchTile(fetch: typeof globalThis.fetch, url: string): Promise<Picture> {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(patienceMs) });
    const type = response.headers.get("content-type") ?? "";
    // A wrong key is answered with a text, sometimes with status 200.
    if (!response.ok || !/^image\/(png|jpeg|webp)/.test(type))
      return { failure: `status ${response.status}, ${type}` };
    const bytes = await response.arrayBuffer();
    return bytes.byteLength > largestTileBytes ? { failure: `${bytes.byteLength} bytes` } : { bytes, type };
  } catch (error) {
    // Not the error itself: its text may hold the address with the key.
    return { failure: error instanceof Error ? error.name : "unknown" };
  }
}
