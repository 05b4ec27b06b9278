import { siteOwnerRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { authenticCode, whyNoMachine } from "../labels/labels.ts";
import { selectMachines } from "../machines/machines.ts";
import { requireRole, requireScope, scopeOf } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { selectWorkSessions, workSessionOf } from "../work-sessions/work-sessions.ts";
import { answerForSite, siteQuestionFor } from "./site-owners.ts";

export function registerSiteOwners(server: FastifyInstance, ctx: AppContext): void {
  handle(server, siteOwnerRoutes.askSite, async (request) => {
    const person = requireRole(request, "welder");
    const welderId = await welderOf(ctx, person);
    const machineCode = await authenticCode(ctx, request.params.machineCode, person.personId);
    const [machine] = await selectMachines(ctx.db, { machineCode });
    if (!machine) throw await whyNoMachine(ctx, machineCode, person.personId);
    const { position } = request.body;
    const phonePosition = position && { ...position, fixedAtMs: ctx.clock.nowMs() };
    return await siteQuestionFor(ctx, machine, welderId, phonePosition);
  });

  handle(server, siteOwnerRoutes.answerSiteOwner, async (request) => {
    const person = requireRole(request, "enterprise-officer");
    const filter = { workSessionId: request.params.workSessionId };
    const [session] = await selectWorkSessions(ctx.db, filter, 1, 0);
    if (!session) throw new AppError("work_session.not_found");
    const ownFirms = { ...scopeOf(person, "enterprise-officer"), everywhere: false, regions: [] };
    requireScope(ownFirms, session.region_code, session.site_owner_enterprise_id);
    await answerForSite(ctx, session, request.body, person.personId);
    const [answered] = await selectWorkSessions(ctx.db, filter, 1, 0);
    return workSessionOf(ctx, answered!);
  });
}
