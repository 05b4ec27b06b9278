import { deskRoutes } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole, requireScope, requireSight, scopeOf } from "../sign-in/sign-in.ts";
import { briefOf } from "./brief.ts";
import { DESK_ROLES, deskOf } from "./desk.ts";

export function registerDesk(server: FastifyInstance, ctx: AppContext): void {
  handle(server, deskRoutes.getDailyBrief, async (request) => {
    const person = requireRole(request, ...DESK_ROLES);
    const scope = scopeOf(person, ...DESK_ROLES);
    const region = request.query.region as RegionCode | undefined;
    if (region !== undefined) requireScope({ ...scope, enterprises: [] }, region);
    return await briefOf(ctx, person, scope, region);
  });
  handle(server, deskRoutes.getDesk, async (request) => {
    const { person, scope } = requireSight(request, "alarms", "rows", DESK_ROLES);
    const region = request.query.region as RegionCode | undefined;
    if (region !== undefined) requireScope(scope, region);
    return await deskOf(ctx, person, scope, region);
  });
}
