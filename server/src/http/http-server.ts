import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { serializerCompiler } from "fastify-type-provider-zod";
import type { AppContext } from "../context.ts";
import { endConnectionsOnClosing } from "./closing.ts";
import { answerError, answerErrors } from "./error-answers.ts";
import { registerHealth } from "./health.ts";
import { acceptJsonOnly } from "./json-body.ts";
import { registerOpenapi } from "./openapi.ts";
import { refuseForeignOrigins } from "./origin.ts";
import { registerPages } from "./pages.ts";
import { RateLimiter } from "./rate-limit.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { compileValidator } from "./validation.ts";

const maxBodyBytes = 64 * 1024;

/**
 * An HTTP server with everything that all routes share: request ids, limits, origin check, security headers, errors in
 * two languages, logs, metrics, health and pages. `app.ts` adds the features' routes and listens.
 */
export async function createHttpServer(ctx: AppContext): Promise<FastifyInstance> {
  const { http } = ctx.config;
  const server: FastifyInstance = Fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    frameworkErrors: answerError,
    trustProxy: http.trustedProxies.length > 0 ? [...http.trustedProxies] : false,
    bodyLimit: maxBodyBytes,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    forceCloseConnections: "idle",
    return503OnClosing: true,
  });
  server.setValidatorCompiler(compileValidator);
  server.setSerializerCompiler(serializerCompiler);
  acceptJsonOnly(server);
  answerErrors(server, ctx);
  endConnectionsOnClosing(server);
  observe(server, ctx);
  limitRate(server, ctx);
  refuseForeignOrigins(server, ctx);
  await setSecurityHeaders(server, ctx.config);
  await server.register(cookie);
  await server.register(websocket, { options: { maxPayload: 16 * 1024 } });
  registerHealth(server, ctx);
  registerOpenapi(server);
  await registerPages(server, http.webDir);
  return server;
}

/** One log line and one histogram entry a request: the route's pattern, never its values or query. */
function observe(server: FastifyInstance, ctx: Pick<AppContext, "metrics">): void {
  server.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  server.addHook("onSend", async (request, reply) => {
    if (request.url.startsWith("/api/") && !reply.hasHeader("cache-control"))
      reply.header("cache-control", "no-store");
  });
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unmatched";
    const seconds = reply.elapsedTime / 1000;
    const status = reply.statusCode;
    ctx.metrics.httpRequestSeconds.observe({ method: request.method, route, status }, seconds);
    if (!route.startsWith("/api/")) return;
    request.log.info({ method: request.method, route, status, seconds }, "request");
  });
}

/** A bound for one address over all of the API; what costs more has its own limit in its feature. */
function limitRate(server: FastifyInstance, ctx: Pick<AppContext, "clock" | "config">): void {
  const { requestsPerMinute } = ctx.config.http;
  if (requestsPerMinute === 0) return;
  const limiter = new RateLimiter(ctx.clock, { burst: requestsPerMinute, perMinute: requestsPerMinute });
  server.addHook("onRequest", async (request) => {
    if (request.url.startsWith("/api/")) limiter.take(request.ip);
  });
}
