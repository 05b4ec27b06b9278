import { fireWatchRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireKnownPeople, requirePeopleRight } from "../enterprises/enterprises.ts";
import { addFireWatch, endFireWatch, fireWatchOf, retrainFireWatch } from "./fire-watches.ts";
import { selectFireWatches } from "./queries.ts";

export function registerFireWatches(server: FastifyInstance, ctx: AppContext): void {
  handle(server, fireWatchRoutes.listFireWatches, async (request) => {
    const { row } = await requireKnownPeople(ctx, request, request.params.enterpriseId);
    const rows = await selectFireWatches(ctx.db, row.enterprise_id);
    return { fireWatches: rows.map((one) => fireWatchOf(ctx, one)) };
  });

  handle(server, fireWatchRoutes.addFireWatch, async (request) => {
    const { row, person } = await requirePeopleRight(ctx, request, request.params.enterpriseId);
    return await addFireWatch(ctx, row.enterprise_id, request.body, person.personId);
  });

  handle(server, fireWatchRoutes.retrainFireWatch, async (request) => {
    const { enterpriseId, fireWatchId } = request.params;
    const { row, person } = await requirePeopleRight(ctx, request, enterpriseId);
    return await retrainFireWatch(ctx, row.enterprise_id, fireWatchId, request.body, person.personId);
  });

  handle(server, fireWatchRoutes.endFireWatch, async (request) => {
    const { enterpriseId, fireWatchId } = request.params;
    const { row, person } = await requirePeopleRight(ctx, request, enterpriseId);
    await endFireWatch(ctx, row.enterprise_id, fireWatchId, person.personId);
    return null;
  });
}
