import {
  needsSession,
  type Route,
  type RouteAnswer,
  type RouteBody,
  type RouteParams,
  type RouteQuery,
} from "@hanyouxu/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";

/** A request whose parts have been validated by the contract. */
export type ContractRequest<R extends Route> = FastifyRequest<{
  Params: RouteParams<R>;
  Querystring: RouteQuery<R>;
  Body: RouteBody<R>;
}>;

/** Returns the body of the success, which the contract's schema checks on the way out; null for 204. */
export type Handler<R extends Route> = (
  request: ContractRequest<R>,
  reply: FastifyReply,
) => Promise<RouteAnswer<R>>;

/** Registers one route of the contract. The first of its answers is the success. */
export function handle<R extends Route>(server: FastifyInstance, route: R, handler: Handler<R>): void {
  const status = Number(Object.keys(route.answers)[0]);
  server.route({
    method: route.method,
    url: route.path,
    schema: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(status === 204 ? {} : { response: { [status]: route.answers[status] } }),
    },
    ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
    ...(needsSession(route) ? { preValidation: refuseStrangers } : {}),
    async handler(request, reply) {
      const answer = await handler(request as ContractRequest<R>, reply);
      reply.status(status);
      return status === 204 ? reply.send() : answer;
    },
  });
}

/** Before validation: a stranger learns nothing about what a route would accept. */
export async function refuseStrangers(request: FastifyRequest): Promise<void> {
  if (!request.person) throw new AppError("sign_in.required");
}
