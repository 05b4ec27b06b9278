import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../context.ts";
import { AppError } from "../errors.ts";

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Nothing changes, and no socket opens, on the word of a page of another site: browsers name the page's origin with
 * every such request. Programs send no Origin and carry no ambient cookie.
 */
export function refuseForeignOrigins(server: FastifyInstance, ctx: Pick<AppContext, "config">): void {
  server.addHook("onRequest", async (request) => {
    const opensSocket = request.headers.upgrade !== undefined;
    if (readOnly.has(request.method) && !opensSocket) return;
    if (!isOwnPage(request, ctx.config.http.publicUrl)) throw new AppError("request.origin_refused");
  });
}

function isOwnPage(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { origin } = request.headers;
  if (origin === undefined) {
    const site = request.headers["sec-fetch-site"];
    return site === undefined || site === "same-origin" || site === "none";
  }
  return origin === publicUrl || origin === `${request.protocol}://${request.host}`;
}
