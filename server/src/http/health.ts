import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { isLoopback } from "../config/key-kinds.ts";
import type { AppContext } from "../context.ts";
import { AppError } from "../errors.ts";

const patienceMs = 2_000;

/** `/healthz`: the process answers. `/readyz`: it can work, database and broker included. `/metrics`: Prometheus. */
export function registerHealth(
  server: FastifyInstance,
  ctx: Pick<AppContext, "db" | "broker" | "clock" | "metrics" | "config">,
): void {
  server.get("/healthz", async () => ({ status: "ok" }));
  server.get("/readyz", async (_request, reply) => {
    const parts = { database: await answers(ctx), broker: ctx.broker.isHealthy() };
    const ready = parts.database && parts.broker;
    return reply.status(ready ? 200 : 503).send({ status: ready ? "ready" : "not-ready", ...parts });
  });
  server.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request, ctx.config.metricsToken)) throw new AppError("request.not_found");
    return reply.type(ctx.metrics.registry.contentType).send(await ctx.metrics.registry.metrics());
  });
}

async function answers({ db, clock }: Pick<AppContext, "db" | "clock">): Promise<boolean> {
  const { promise: tooLong, resolve } = Promise.withResolvers<false>();
  const timer = clock.setTimer(patienceMs, () => resolve(false));
  const works = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const result = await Promise.race([works, tooLong]);
  timer.cancel();
  return result;
}

/** With a token: who shows it. Without: this machine itself, and nobody through a proxy on it. */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) {
    return isLoopback(request.socket.remoteAddress ?? "") && request.headers["x-forwarded-for"] === undefined;
  }
  const shown = Buffer.from(request.headers.authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}
