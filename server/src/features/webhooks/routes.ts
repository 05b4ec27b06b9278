import { sharingRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { SHARERS } from "../sharing/sharing.ts";
import { requireRole, scopeOf } from "../sign-in/sign-in.ts";
import { countDeliveries, countSubscriptions, selectDeliveries, selectSubscriptions } from "./queries.ts";
import { deliveryOf, resend, setWebhookActive, subscribe } from "./webhooks.ts";

export function registerWebhooks(server: FastifyInstance, ctx: AppContext): void {
  function requireSharer(request: FastifyRequest) {
    const person = requireRole(request, ...SHARERS);
    return { actor: person.personId, scope: scopeOf(person, ...SHARERS) };
  }

  handle(server, sharingRoutes.listWebhooks, async (request) => {
    const { scope } = requireSharer(request);
    const { page, pageSize } = request.query;
    const rows = await selectSubscriptions(ctx.db, scope, pageSize, (page - 1) * pageSize);
    return {
      items: rows.map((row) => ({
        subscriptionId: row.subscription_id,
        clientId: row.client_id,
        clientName: row.client_name,
        url: row.url,
        eventKinds: row.event_kinds,
        isActive: row.is_active,
        createdAt: row.created_at.toISOString(),
        pending: row.pending,
        dead: row.dead,
      })),
      total: await countSubscriptions(ctx.db, scope),
      page,
      pageSize,
    };
  });

  handle(server, sharingRoutes.createWebhook, async (request) => {
    const { actor, scope } = requireSharer(request);
    return await subscribe(ctx, request.body, actor, scope);
  });

  handle(server, sharingRoutes.setWebhookActive, async (request) => {
    const { actor, scope } = requireSharer(request);
    await setWebhookActive(ctx, request.params.subscriptionId, request.body.isActive, actor, scope);
    return null;
  });

  handle(server, sharingRoutes.listDeliveries, async (request) => {
    const { scope } = requireSharer(request);
    const { page, pageSize, status, subscriptionId } = request.query;
    const filter = { scope, status, subscriptionId };
    const rows = await selectDeliveries(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items: rows.map(deliveryOf), total: await countDeliveries(ctx.db, filter), page, pageSize };
  });

  handle(server, sharingRoutes.resendDelivery, async (request) => {
    const { actor, scope } = requireSharer(request);
    await resend(ctx, request.params.deliveryId, actor, scope);
    return null;
  });
}
