import type { Clock } from "@hanyouxu/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import { RateLimiter } from "./rate-limit.ts";

interface Program {
  clientId: string;
  requestsPerMinute: number;
}

/**
 * Lets programs in by a bearer token, each as often a minute as agreed, counted by this gate in this server.
 * @param findProgram whose a token is; undefined where it does not hold
 * @throws AppError api_client.token_invalid, with the challenge of RFC 6750 in the answer; request.rate_limited
 */
export function bearerGate<P extends Program>(
  clock: Clock,
  findProgram: (token: string) => Promise<P | undefined>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<P> {
  const limiters = new Map<number, RateLimiter>();
  return async (request, reply) => {
    const [, token] = /^Bearer ([\w-]{20,100})$/i.exec(request.headers.authorization ?? "") ?? [];
    const program = token === undefined ? undefined : await findProgram(token);
    if (!program) {
      reply.header("www-authenticate", 'Bearer realm="hanyouxu", error="invalid_token"');
      throw new AppError("api_client.token_invalid");
    }
    const { clientId, requestsPerMinute: perMinute } = program;
    const limiter = limiters.get(perMinute) ?? new RateLimiter(clock, { burst: perMinute, perMinute });
    limiters.set(perMinute, limiter);
    limiter.take(clientId);
    return program;
  };
}
