import { hotWorkPermitRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { openPhoto } from "../photos/photos.ts";
import { isInScope, requireRole, requireSight, STAFF_ROLES, sightOf } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { approvePermit } from "./approve-permit.ts";
import { changeDraft, copyPermit, createPermit, replacePermit } from "./draft-permit.ts";
import { addGasTest } from "./gas-tests.ts";
import { registerPermitPapers } from "./paper-routes.ts";
import type { OnPermitChange, PermitContext } from "./permit-changes.ts";
import { permitPeople } from "./permit-people.ts";
import { addPermitPhoto } from "./permit-photos.ts";
import { finishPermit, type PermitStep, stepPermit } from "./permit-status.ts";
import { permitDetail, permitOf } from "./permit-view.ts";
import { mayTest, requireMay, requireVisiblePermit, type VisiblePermit } from "./policy.ts";
import { countPermits, selectPermitOfPhoto, selectPermits } from "./queries.ts";
import { submitPermit } from "./submit-permit.ts";

export interface PermitOptions {
  /** Told within the transaction of a change to a permit that was approved; what it throws refuses the change. */
  onChange: OnPermitChange;
}

type StepRequest = FastifyRequest & { params: { permitId: string }; body: { reason: string } };

export function registerHotWorkPermits(
  server: FastifyInstance,
  app: AppContext,
  options: PermitOptions,
): void {
  const ctx: PermitContext & AppContext = { ...app, onChange: options.onChange };

  async function welderOfRequest(request: FastifyRequest) {
    const { personId } = requireRole(request, "welder");
    return { personId, welderId: await welderOf(ctx, { personId }) };
  }

  async function shown(request: FastifyRequest, permitId: string) {
    return await permitDetail(ctx, await requireVisiblePermit(ctx, request, permitId));
  }

  /** A picture with who looked at it; pictures show people and places. */
  async function picture(reply: FastifyReply, { person, row }: VisiblePermit, blobId: string) {
    const { type, bytes } = await openPhoto(ctx, blobId);
    reply.type(type);
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "hot_work_permit.picture_read",
      subject: `hot_work_permit:${row.permit_id}`,
      details: { blobId },
    });
    return Buffer.from(bytes);
  }

  handle(server, hotWorkPermitRoutes.listHotWorkPermits, async (request) => {
    const { person, scope } = requireSight(request, "sessions");
    const named = sightOf(person, "people");
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectPermits(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => {
      const firms = [row.site_owner_enterprise_id, row.contractor_enterprise_id];
      return permitOf(ctx, row, person, isInScope(named, row.region_code, ...firms));
    });
    return { items, total: await countPermits(ctx.db, filter), page, pageSize };
  });

  handle(server, hotWorkPermitRoutes.listOwnHotWorkPermits, async (request) => {
    const person = requireRole(request, "welder", "fire-watch", "enterprise-officer");
    const { page, pageSize } = request.query;
    const filter = { ofPerson: person.personId };
    const rows = await selectPermits(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => permitOf(ctx, row, person, true));
    return { items, total: await countPermits(ctx.db, filter), page, pageSize };
  });

  handle(server, hotWorkPermitRoutes.listPermitPeople, async (request) => {
    const { welderId } = await welderOfRequest(request);
    return await permitPeople(ctx, welderId, request.query);
  });

  handle(server, hotWorkPermitRoutes.createHotWorkPermit, async (request) => {
    const permitId = await createPermit(ctx, await welderOfRequest(request), request.body);
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.getHotWorkPermit, async (request) =>
    shown(request, request.params.permitId),
  );

  handle(server, hotWorkPermitRoutes.changeHotWorkPermit, async (request) => {
    const { permitId } = request.params;
    await changeDraft(ctx, await welderOfRequest(request), permitId, request.body);
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.copyHotWorkPermit, async (request) => {
    const permitId = await copyPermit(ctx, await welderOfRequest(request), request.params.permitId);
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.replaceHotWorkPermit, async (request) => {
    const welder = await welderOfRequest(request);
    const { permitId } = request.params;
    return await shown(request, await replacePermit(ctx, welder, permitId, request.body.reason));
  });

  handle(server, hotWorkPermitRoutes.addPermitPhoto, async (request) => {
    const { personId } = await welderOfRequest(request);
    const { permitId } = request.params;
    await addPermitPhoto(ctx, { permitId, personId }, request.body);
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.getPermitPhoto, async (request, reply) => {
    requireRole(request, ...STAFF_ROLES, "welder", "fire-watch");
    const permitId = await selectPermitOfPhoto(ctx.db, request.params.photoId);
    if (!permitId) throw new AppError("photo.not_found");
    return await picture(reply, await requireVisiblePermit(ctx, request, permitId), request.params.photoId);
  });

  handle(server, hotWorkPermitRoutes.addPermitGasTest, async (request) => {
    const { permitId } = request.params;
    const { person } = await requireVisiblePermit(ctx, request, permitId);
    await addGasTest(ctx, { permitId, tester: person.personId }, request.body, (permit) =>
      mayTest(person, permit),
    );
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.submitHotWorkPermit, async (request) => {
    const { permitId } = request.params;
    await submitPermit(ctx, await welderOfRequest(request), permitId);
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.approveHotWorkPermit, async (request) => {
    const { permitId } = request.params;
    const visible = await requireVisiblePermit(ctx, request, permitId);
    requireMay("approve", visible);
    const result = await approvePermit(ctx, visible.row, visible.person.personId, request.body);
    return { ...result, permit: await shown(request, permitId) };
  });

  async function takeStep(request: StepRequest, step: PermitStep) {
    const { permitId } = request.params;
    const visible = await requireVisiblePermit(ctx, request, permitId);
    requireMay(step, visible);
    await stepPermit(ctx, step, { permitId, actor: visible.person.personId, reason: request.body.reason });
    return await shown(request, permitId);
  }
  handle(server, hotWorkPermitRoutes.rejectHotWorkPermit, (request) => takeStep(request, "reject"));
  handle(server, hotWorkPermitRoutes.suspendHotWorkPermit, (request) => takeStep(request, "suspend"));
  handle(server, hotWorkPermitRoutes.resumeHotWorkPermit, (request) => takeStep(request, "resume"));
  handle(server, hotWorkPermitRoutes.voidHotWorkPermit, (request) => takeStep(request, "void"));

  handle(server, hotWorkPermitRoutes.closeHotWorkPermit, async (request) => {
    const { permitId } = request.params;
    const visible = await requireVisiblePermit(ctx, request, permitId);
    requireMay("close", visible);
    await finishPermit(ctx, permitId, visible.person.personId);
    return await shown(request, permitId);
  });

  handle(server, hotWorkPermitRoutes.getPermitSignature, async (request, reply) => {
    const visible = await requireVisiblePermit(ctx, request, request.params.permitId);
    if (visible.row.signature_blob_id === null) throw new AppError("photo.not_found");
    return await picture(reply, visible, visible.row.signature_blob_id);
  });

  registerPermitPapers(server, ctx);
}
