import { type ExportFormat, hotWorkPermitRoutes, MAX_EXPORT_ROWS } from "@hanyouxu/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { normalVerificationCode } from "../../crypto/verification-code.ts";
import { AppError } from "../../errors.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { exportFile } from "../exports/exports.ts";
import { openPhoto } from "../photos/photos.ts";
import { isInScope, requireRole, requireSight, STAFF_ROLES, sightOf } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { approvePermit } from "./approve-permit.ts";
import { changeDraft, copyPermit, createPermit, replacePermit } from "./draft-permit.ts";
import { addGasTest } from "./gas-tests.ts";
import type { OnPermitChange, PermitContext } from "./permit-changes.ts";
import { permitPeople } from "./permit-people.ts";
import { addPermitPhoto } from "./permit-photos.ts";
import { finishPermit, type PermitStep, stepPermit } from "./permit-status.ts";
import { permitTable } from "./permit-table.ts";
import { permitTicket } from "./permit-ticket.ts";
import { permitDetail, permitOf } from "./permit-view.ts";
import { knowsNames, mayTest, requireMay, requireVisiblePermit, type VisiblePermit } from "./policy.ts";
import { countPermits, type PermitFilter, selectPermitOfPhoto, selectPermits } from "./queries.ts";
import { submitPermit } from "./submit-permit.ts";
import { ticketOf } from "./ticket-data.ts";

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

  handle(server, hotWorkPermitRoutes.printHotWorkPermit, async (request, reply) => {
    const { person, row } = await requireVisiblePermit(ctx, request, request.params.permitId);
    if (row.status === "draft") throw new AppError("hot_work_permit.wrong_status");
    const inFull = knowsNames(person, row);
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    const ticket = await ticketOf(ctx, row, inFull, publicUrl);
    const subject = `hot_work_permit:${row.permit_id}`;
    const actor = person.personId;
    const details = { number: row.permit_number, inFull };
    await ctx.audit.record(ctx.db, { actor, action: "hot_work_permit.printed", subject, details });
    if (inFull) {
      const read = { action: "personal_data.read", details: { fields: ["name"] } };
      await ctx.audit.record(ctx.db, { actor, subject, ...read });
    }
    reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="${row.permit_number}.pdf"`);
    return permitTicket(ticket);
  });

  handle(server, hotWorkPermitRoutes.verifyPermit, async (request) => {
    const code = normalVerificationCode(request.params.verificationCode);
    const [row] = await selectPermits(ctx.db, { verificationCode: code }, 1, 0);
    if (!row) throw new AppError("hot_work_permit.not_found");
    const nowMs = ctx.clock.nowMs();
    const { valid_from: from, valid_to: to } = row;
    const isWithin = from !== null && to !== null && from.getTime() <= nowMs && nowMs < to.getTime();
    return {
      permitNumber: row.permit_number,
      status: row.status,
      validFrom: from?.toISOString() ?? null,
      validTo: to?.toISOString() ?? null,
      isValidNow: row.status === "approved" && isWithin,
    };
  });

  const route = hotWorkPermitRoutes.exportHotWorkPermits;
  server.get(route.path, {
    schema: { querystring: route.query },
    preValidation: refuseStrangers,
    async handler(request: FastifyRequest, reply) {
      const { person, scope } = requireSight(request, "sessions");
      const { format, ...filters } = request.query as PermitFilter & { format: ExportFormat };
      const rows = await selectPermits(ctx.db, { ...filters, scope }, MAX_EXPORT_ROWS + 1, 0);
      const named = sightOf(person, "people");
      const permits = rows.map((row) => {
        const firms = [row.site_owner_enterprise_id, row.contractor_enterprise_id];
        // Masked also for who is on one himself: a file is passed on.
        return permitOf(ctx, row, undefined, isInScope(named, row.region_code, ...firms));
      });
      const table = permitTable(permits, languageOf(request));
      const { name, bytes } = await exportFile(ctx, person.personId, table, { ...filters, format });
      return sendAttachment(reply, format, name, bytes);
    },
  });
}
