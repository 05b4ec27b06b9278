import { sharedDataRoutes, sharingRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { clientOf, createClient, requireClient, rotateSecret, setClientActive } from "./clients.ts";
import { countClients, selectClients } from "./queries.ts";
import { SHARERS, sharingReachOf } from "./reach.ts";
import { readTokenRequest, type TokenError } from "./token-request.ts";
import { issueToken, TOKEN_SECONDS } from "./tokens.ts";

export function registerSharing(server: FastifyInstance, ctx: AppContext): void {
  function requireSharer(request: FastifyRequest) {
    const person = requireRole(request, ...SHARERS);
    return { actor: person.personId, reach: sharingReachOf(person) };
  }

  handle(server, sharingRoutes.listApiClients, async (request) => {
    const { reach } = requireSharer(request);
    const { page, pageSize, text } = request.query;
    const rows = await selectClients(ctx.db, { reach, text }, pageSize, (page - 1) * pageSize);
    return { items: rows.map(clientOf), total: await countClients(ctx.db, { reach, text }), page, pageSize };
  });

  handle(server, sharingRoutes.createApiClient, async (request) => {
    const { actor, reach } = requireSharer(request);
    return await createClient(ctx, request.body, actor, reach);
  });

  handle(server, sharingRoutes.rotateSecret, async (request) => {
    const { actor, reach } = requireSharer(request);
    return await rotateSecret(ctx, await requireClient(ctx, request.params.clientId, reach), actor);
  });

  handle(server, sharingRoutes.setClientActive, async (request) => {
    const { actor, reach } = requireSharer(request);
    const client = await requireClient(ctx, request.params.clientId, reach);
    await setClientActive(ctx, client, request.body.isActive, actor);
    return null;
  });

  registerTokens(server, ctx);
}

/** OAuth speaks forms and has errors of its own (RFC 6749 §5.2): its one route stands by itself. */
function registerTokens(server: FastifyInstance, ctx: AppContext): void {
  const limiter = new RateLimiter(ctx.clock, { burst: 60, perMinute: 60 });
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
    scope.route({
      method: sharedDataRoutes.issueToken.method,
      url: sharedDataRoutes.issueToken.path,
      async handler(request, reply) {
        limiter.take(request.ip);
        const isForm = /^application\/x-www-form-urlencoded(;|$)/i.test(
          request.headers["content-type"] ?? "",
        );
        const asked = readTokenRequest(request.headers.authorization, isForm ? String(request.body) : "");
        if (!asked.ok) return refuse(asked.error);
        const access_token = await issueToken(ctx, asked.clientId, asked.secret);
        if (access_token === undefined) return refuse("invalid_client");
        return { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS };

        function refuse(error: TokenError) {
          if (error === "invalid_client") reply.header("www-authenticate", 'Basic realm="hanyouxu"');
          return reply.status(error === "invalid_client" ? 401 : 400).send({ error });
        }
      },
    });
  });
}
