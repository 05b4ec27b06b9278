import { workSessionRoutes } from "@hanyouxu/api";
import type { WorkSessionId } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { beginEventStream } from "../../http/event-stream.ts";
import { countDecisions, decisionOf, selectDecisions } from "../decisions/decisions.ts";
import { isInScope, maySignedInGoOn, requireRole, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { ProgressStreams } from "./follow.ts";
import { requireVisibleSession } from "./policy.ts";
import { progressOf } from "./progress.ts";
import { countWorkSessions, selectProgress, selectWorkSessions } from "./queries.ts";
import { type ClearanceGate, startWork } from "./start-work.ts";
import { workSessionOf } from "./work-session-view.ts";
import { stopWork } from "./work-sessions.ts";

export function registerWorkSessions(
  server: FastifyInstance,
  ctx: AppContext,
  { gate }: { gate: ClearanceGate },
): void {
  handle(server, workSessionRoutes.start, async (request) => {
    const { personId } = requireRole(request, "welder");
    const { position, site = null, contractorEnterpriseId = null, ...body } = request.body;
    const phonePosition = position && { ...position, fixedAtMs: ctx.clock.nowMs() };
    const asked = { ...body, personId, phonePosition, site, contractorEnterpriseId };
    const result = await startWork({ ...ctx, gate }, asked);
    if (result.outcome !== "grant") {
      const { decision, decisionId } = result.start;
      return { outcome: result.outcome, decisionId, reasons: decision.reasons } as const;
    }
    const [row] = await selectWorkSessions(ctx.db, { workSessionId: result.workSessionId }, 1, 0);
    return { outcome: "grant", workSession: workSessionOf(ctx, row!, { isOwn: true }) } as const;
  });

  handle(server, workSessionRoutes.listWorkSessions, async (request) => {
    const { person, scope } = requireSight(request, "sessions");
    const named = sightOf(person, "people");
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectWorkSessions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) =>
      workSessionOf(ctx, row, { isNamed: isInScope(named, row.region_code, row.enterprise_id) }),
    );
    return { items, total: await countWorkSessions(ctx.db, filter), page, pageSize };
  });

  handle(server, workSessionRoutes.listOwnWorkSessions, async (request) => {
    const filter = { welderId: await welderOf(ctx, requireRole(request, "welder")) };
    const { page, pageSize } = request.query;
    const rows = await selectWorkSessions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => workSessionOf(ctx, row, { isOwn: true }));
    return { items, total: await countWorkSessions(ctx.db, filter), page, pageSize };
  });

  handle(server, workSessionRoutes.listOwnDecisions, async (request) => {
    const welderId = await welderOf(ctx, requireRole(request, "welder"));
    const { page, pageSize } = request.query;
    const filter = { welderId, outcome: "refuse" };
    const rows = await selectDecisions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => decisionOf(ctx, row));
    return { items, total: await countDecisions(ctx.db, filter), page, pageSize };
  });

  handle(server, workSessionRoutes.getWorkSession, async (request) => {
    const { row, sight } = await requireVisibleSession(ctx, request, request.params.workSessionId);
    const now = await selectProgress(ctx.db, row.work_session_id);
    return progressOf(ctx, now!, sight);
  });

  const streams = new ProgressStreams(ctx);
  server.addHook("preClose", async () => streams.endAll());
  server.get(workSessionRoutes.followWorkSession.path, {
    schema: { params: workSessionRoutes.followWorkSession.params },
    preValidation: refuseStrangers,
    handler: async (request, reply) => {
      const { workSessionId } = request.params as { workSessionId: string };
      const { sight } = await requireVisibleSession(ctx, request, workSessionId);
      streams.follow(beginEventStream(reply), {
        workSessionId: workSessionId as WorkSessionId,
        sight,
        mayGoOn: () => maySignedInGoOn(ctx, request),
      });
      return reply;
    },
  });

  handle(server, workSessionRoutes.stop, async (request) => {
    const { row, isOwn } = await requireVisibleSession(ctx, request, request.params.workSessionId);
    // Staff stop a machine with a reason; a session is stopped here by who holds it.
    if (!isOwn) throw new AppError("role.forbidden");
    await stopWork(ctx, row.work_session_id);
    const [stopped] = await selectWorkSessions(ctx.db, { workSessionId: row.work_session_id }, 1, 0);
    return workSessionOf(ctx, stopped!, { isOwn: true });
  });
}
