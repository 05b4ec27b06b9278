import { figureSubscriptionRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { STATISTICS_ROLES } from "../statistics/statistics.ts";
import { endSubscription, listFigures, subscribe } from "./figure-subscriptions.ts";

export function registerFigureSubscriptions(server: FastifyInstance, ctx: AppContext): void {
  handle(server, figureSubscriptionRoutes.listFigureSubscriptions, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    return { items: await listFigures(ctx, personId) };
  });
  handle(server, figureSubscriptionRoutes.subscribeToFigure, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    return await subscribe(ctx, person, request.body);
  });
  handle(server, figureSubscriptionRoutes.endFigureSubscription, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    await endSubscription(ctx, personId, request.params.figureSubscriptionId);
    return null;
  });
}
