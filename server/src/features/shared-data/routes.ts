import {
  type Route,
  type RouteAnswer,
  type SharedResource,
  sharedDataRoutes,
  sharedStatisticsRoutes,
} from "@hanyouxu/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { jwkOf } from "../../crypto/jwks.ts";
import { contentDigest, signMessage } from "../../crypto/message-signature.ts";
import { bearerGate } from "../../http/bearer-gate.ts";
import { type ContractRequest, handle } from "../../http/contract-route.ts";
import { clientOfToken, type SharingClient } from "../sharing/sharing.ts";
import { type FeedRequest, readShared } from "./shared-data.ts";
import { answerProgram, sharedMeasures } from "./shared-statistics.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The department's program that asks, on its own routes only. */
    sharingClient: SharingClient | undefined;
  }
}

export function registerSharedData(server: FastifyInstance, ctx: AppContext): void {
  const keys = ctx.keys.trusted.map(jwkOf);
  handle(server, sharedDataRoutes.platformKeys, async (_request, reply) => {
    reply.header("cache-control", "public, max-age=3600");
    return { keys };
  });

  server.decorateRequest("sharingClient", undefined);
  void server.register(async (scope) => {
    const gate = bearerGate(ctx.clock, (token) => clientOfToken(ctx, token));
    // Before validation: a stranger learns nothing about what a route would accept.
    scope.addHook("preValidation", async (request, reply) => {
      request.sharingClient = await gate(request, reply);
    });
    scope.addHook<unknown>("onSend", async (request, reply, payload) => {
      if (request.sharingClient && typeof payload === "string") {
        reply.headers(signatureOf(ctx, keys[0]!.kid, request, reply, payload));
      }
      return payload;
    });
    // Which fields an item has depends on the client; the contract's schema checks them on the way out.
    const read = async <R extends Route>(
      request: ContractRequest<R>,
      resource: SharedResource,
    ): Promise<RouteAnswer<R>> => {
      const query = request.query as FeedRequest;
      return (await readShared(ctx, request.sharingClient!, resource, query)) as unknown as RouteAnswer<R>;
    };
    handle(scope, sharedStatisticsRoutes.sharedStatisticsMeasures, async (request) => ({
      measures: sharedMeasures(request.sharingClient!),
    }));
    handle(scope, sharedStatisticsRoutes.sharedStatistics, (request) =>
      answerProgram(ctx, request.sharingClient!, request.query),
    );
    handle(scope, sharedDataRoutes.sharedMachines, (request) =>
      read<typeof sharedDataRoutes.sharedMachines>(request, "machines"),
    );
    handle(scope, sharedDataRoutes.sharedEnterprises, (request) =>
      read<typeof sharedDataRoutes.sharedEnterprises>(request, "enterprises"),
    );
    handle(scope, sharedDataRoutes.sharedCertificates, (request) =>
      read<typeof sharedDataRoutes.sharedCertificates>(request, "certificates"),
    );
    handle(scope, sharedDataRoutes.sharedWorkSessions, (request) =>
      read<typeof sharedDataRoutes.sharedWorkSessions>(request, "work-sessions"),
    );
  });
}

/** Binds the answer to its question and to who asked, so that the receiver can prove later what it was told. */
function signatureOf(
  ctx: Pick<AppContext, "clock" | "keys">,
  keyId: string,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: string,
) {
  const [path = "", query] = request.url.split("?");
  const digest = contentDigest(payload);
  const client = request.sharingClient!.clientId;
  const signature = signMessage(ctx.keys.signer, keyId, Math.floor(ctx.clock.nowMs() / 1000), [
    ['"@status"', String(reply.statusCode)],
    ['"content-digest"', digest],
    ['"hy-client"', client],
    ['"@method";req', request.method],
    ['"@path";req', path],
    ['"@query";req', `?${query ?? ""}`],
  ]);
  return { "content-digest": digest, "hy-client": client, ...signature };
}
