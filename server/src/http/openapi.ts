import { openapiDocument } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";

/** The description of the API, the same that is committed as api/openapi.json. */
export function registerOpenapi(server: FastifyInstance): void {
  const text = JSON.stringify(openapiDocument());
  server.get("/api/openapi.json", async (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(text),
  );
}
