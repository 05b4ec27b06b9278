import { clearanceRoutes } from "@hanyouxu/api";
import type { KeyAreaId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { isInScope, requirePerson, requireRole, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { checkSmoulder } from "./after-work.ts";
import { clearanceDetail, clearanceHistory, clearanceOf } from "./clearance-view.ts";
import { openClearance } from "./open-clearance.ts";
import { requirePart, requireVisible, requireWelder, type SeenClearance } from "./policy.ts";
import { type ClearanceRow, countClearances, permitForClearance, selectClearances } from "./queries.ts";
import { submitScene } from "./scene.ts";
import { takeEvent } from "./take-event.ts";
import { currentSiteCode, reportWatch, scanSiteCode } from "./watch.ts";

type Caller = Pick<FastifyRequest, "person">;

export function registerClearances(server: FastifyInstance, ctx: AppContext): void {
  const isNamedTo = (request: Caller, row: ClearanceRow) =>
    isInScope(
      sightOf(requirePerson(request), "people"),
      row.region_code,
      row.enterprise_id,
      row.site_owner_enterprise_id,
    );

  async function shown(request: Caller, clearanceId: string) {
    const { row, part } = await requireVisible(ctx, request, clearanceId);
    return await clearanceDetail(ctx, row, { part, isNamed: isNamedTo(request, row) });
  }

  handle(server, clearanceRoutes.openClearance, async (request) => {
    const person = requireRole(request, "welder");
    const keyAreaId = request.body.keyAreaId as KeyAreaId;
    const clearanceId = await openClearance(ctx, person, { ...request.body, keyAreaId });
    return await shown(request, clearanceId);
  });

  handle(server, clearanceRoutes.listOwnClearances, async (request) => {
    const { personId } = requirePerson(request);
    const { page, pageSize } = request.query;
    const filter = { ownerPersonId: personId };
    const rows = await selectClearances(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => {
      const part = row.welder_person_id === personId ? ("welder" as const) : ("watch" as const);
      return clearanceOf(ctx, row, { part, isNamed: true });
    });
    return { items, total: await countClearances(ctx.db, filter), page, pageSize };
  });

  handle(server, clearanceRoutes.listClearances, async (request) => {
    const { scope } = requireSight(request, "sessions");
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectClearances(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) =>
      clearanceOf(ctx, row, { part: "none", isNamed: isNamedTo(request, row) }),
    );
    return { items, total: await countClearances(ctx.db, filter), page, pageSize };
  });

  handle(
    server,
    clearanceRoutes.getClearance,
    async (request) => await shown(request, request.params.clearanceId),
  );

  handle(server, clearanceRoutes.listClearanceHistory, async (request) => {
    const { row, part } = await requireVisible(ctx, request, request.params.clearanceId);
    const isNamed = part !== "none" || isNamedTo(request, row);
    return { entries: await clearanceHistory(ctx, row.clearance_id, isNamed) };
  });

  handle(server, clearanceRoutes.attachPermit, async (request) => {
    const { row, person } = await requireWelder(ctx, request, request.params.clearanceId);
    const { permitId } = request.body;
    const clearanceId = row.clearance_id;
    await takeEvent(
      ctx,
      { clearanceId, event: { kind: "permit-attached", permitId }, actor: person.personId },
      async (tx) => await requireFitting(tx, row, permitId),
    );
    const permit = await permitForClearance(ctx.db, permitId);
    // One that was approved before it was attached counts at once.
    if (permit?.approval) {
      const event = { kind: "permit-approved", permitId, ...permit.approval } as const;
      await takeEvent(ctx, { clearanceId, event, actor: null });
    }
    return await shown(request, clearanceId);
  });

  /** @throws AppError hot_work_permit.not_found | clearance.unfit_permit */
  async function requireFitting(tx: AppContext["db"], row: ClearanceRow, permitId: string): Promise<void> {
    const permit = await permitForClearance(tx, permitId);
    if (permit?.welderPersonId !== row.welder_person_id) throw new AppError("hot_work_permit.not_found");
    const isFitting =
      permit.isUsable &&
      permit.keyAreaId === row.key_area_id &&
      (permit.machineId === null || permit.machineId === row.machine_id);
    if (!isFitting) throw new AppError("clearance.unfit_permit");
  }

  handle(server, clearanceRoutes.submitScene, async (request) => {
    const { row, person } = await requireWelder(ctx, request, request.params.clearanceId);
    await submitScene(ctx, person, row.clearance_id, request.body);
    return await shown(request, row.clearance_id);
  });

  handle(server, clearanceRoutes.getSiteCode, async (request, reply) => {
    const { row } = await requireWelder(ctx, request, request.params.clearanceId);
    const detail = await shown(request, row.clearance_id);
    const watch = detail.steps.find(({ step }) => step === "watch");
    const isNeeded = watch?.status === "open" || detail.watch !== null;
    if (!isNeeded || row.ended_at) throw new AppError("site_code.not_yet");
    void reply.header("cache-control", "no-store");
    const { code, validSeconds } = currentSiteCode(ctx, row);
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    return { code, url: `${publicUrl}/m/#/watch/${code}`, validSeconds };
  });

  handle(server, clearanceRoutes.scanSiteCode, async (request) => {
    const person = requireRole(request, "fire-watch");
    const clearanceId = await scanSiteCode(ctx, person, request.body);
    return await shown(request, clearanceId);
  });

  handle(server, clearanceRoutes.reportWatch, async (request) => {
    const { row, person, part } = await requireVisible(ctx, request, request.params.clearanceId);
    if (part !== "watch") throw new AppError("role.forbidden");
    await reportWatch(ctx, person, row, request.body.position);
    return await shown(request, row.clearance_id);
  });

  handle(server, clearanceRoutes.finishWork, async (request) => {
    const { row, person } = await requireWelder(ctx, request, request.params.clearanceId);
    const event = { kind: "work-finished", permitContinues: request.body.permitContinues } as const;
    await takeEvent(ctx, { clearanceId: row.clearance_id, event, actor: person.personId });
    return await shown(request, row.clearance_id);
  });

  handle(server, clearanceRoutes.cancelClearance, async (request) => {
    const { row, person } = await requireWelder(ctx, request, request.params.clearanceId);
    const taken = {
      clearanceId: row.clearance_id,
      event: { kind: "cancelled" } as const,
      actor: person.personId,
    };
    await takeEvent(ctx, taken, async (tx) => {
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "clearance.cancelled",
        subject: `clearance:${row.clearance_id}`,
        details: { reason: request.body.reason },
      });
    });
    return await shown(request, row.clearance_id);
  });

  handle(server, clearanceRoutes.checkSmoulder, async (request) => {
    const { row, person } = await requirePart(ctx, request, request.params.clearanceId);
    await checkSmoulder(ctx, person, row.clearance_id, request.body);
    return await shown(request, row.clearance_id);
  });

  handle(server, clearanceRoutes.closeSmoulder, async (request) => {
    const { row, person }: SeenClearance = await requirePart(ctx, request, request.params.clearanceId);
    const event = { kind: "smoulder-closed" } as const;
    await takeEvent(ctx, { clearanceId: row.clearance_id, event, actor: person.personId });
    return await shown(request, row.clearance_id);
  });
}
