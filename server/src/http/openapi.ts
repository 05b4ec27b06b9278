import { openapiDocument } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";

/** The description of the API, the same that is committed as api/openapi.json. */
export function registerOpenapi(server: FastifyInstance): void {
  // Made when somebody asks: it takes as long as a third of everything else at the start.
  let text: string | undefined;
  server.get("/api/openapi.json", async (_request, reply) => {
    text ??= JSON.stringify(openapiDocument());
    return reply.type("application/json; charset=utf-8").send(text);
  });
}
