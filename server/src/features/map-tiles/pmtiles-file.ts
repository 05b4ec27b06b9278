import { createReadStream, statSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { refuseStrangers } from "../../http/contract-route.ts";

/** The archive's address on this server, for the pages' map. */
export const PMTILES_PATH = "/api/map.pmtiles";

const LARGEST_PART_BYTES = 8 * 1024 * 1024;

/** Gives out parts of the operator's own PMTiles archive (specification v3), as its readers ask for them. */
export function registerPmtilesFile(server: FastifyInstance, ctx: Pick<AppContext, "config">): void {
  const { pmtilesFile } = ctx.config.map;
  if (pmtilesFile === undefined) return;
  server.get(PMTILES_PATH, { preValidation: refuseStrangers }, async (request, reply) => {
    const { size, mtimeMs } = statSync(pmtilesFile);
    const part = partOf(request.headers.range, size);
    if (!part) throw new AppError("request.invalid");
    return reply
      .status(206)
      .header("content-range", `bytes ${part.start}-${part.end}/${size}`)
      .header("content-length", part.end - part.start + 1)
      .header("accept-ranges", "bytes")
      .header("cache-control", "private, max-age=3600")
      .header("etag", `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`)
      .type("application/octet-stream")
      .send(createReadStream(pmtilesFile, part));
  });
}

/** One range of RFC 9110 §14.1.2, cut to the file's end; undefined for anything else, also for the whole file. */
export function partOf(range: string | undefined, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(range ?? "");
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = Math.min(Number(match[2]), size - 1);
  return start <= end && end - start < LARGEST_PART_BYTES ? { start, end } : undefined;
}
