import { sharingRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { SHARERS, sharingReachOf } from "../sharing/sharing.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { countDeliveries, countSubscriptions, selectDeliveries, selectSubscriptions } from "./queries.ts";
import { deliveryOf, resend, setWebhookActive, subscribe } from "./webhooks.ts";

export function registerWebhooks(server: FastifyInstance, ctx: AppContext): void {
  function requireSharer(request: FastifyRequest) {
    const person = requireRole(request, ...SHARERS);
    return { actor: person.personId, reach: sharingReachOf(person) };
  }

  handle(server, sharingRoutes.listWebhooks, async (request) => {
    const { reach } = requireSharer(request);
    const { page, pageSize } = request.query;
    const rows = await selectSubscriptions(ctx.db, reach, pageSize, (page - 1) * pageSize);
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
      total: await countSubscriptions(ctx.db, reach),
      page,
      pageSize,
    };
  });

  handle(server, sharingRoutes.createWebhook, async (request) => {
    const { actor, reach } = requireSharer(request);
    return await subscribe(ctx, request.body, actor, reach);
  });

  handle(server, sharingRoutes.setWebhookActive, async (request) => {
    const { actor, reach } = requireSharer(request);
    await setWebhookActive(ctx, request.params.subscriptionId, request.body.isActive, actor, reach);
    return null;
  });

  handle(server, sharingRoutes.listDeliveries, async (request) => {
    const { reach } = requireSharer(request);
    const { page, pageSize, status, subscriptionId } = request.query;
    const filter = { reach, status, subscriptionId };
    const rows = await selectDeliveries(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items: rows.map(deliveryOf), total: await countDeliveries(ctx.db, filter), page, pageSize };
  });

  handle(server, sharingRoutes.resendDelivery, async (request) => {
    const { actor, reach } = requireSharer(request);
    await resend(ctx, request.params.deliveryId, actor, reach);
    return null;
  });
}
