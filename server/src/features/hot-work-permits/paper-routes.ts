import { type ExportFormat, hotWorkPermitRoutes, MAX_EXPORT_ROWS } from "@hanyouxu/api";
import type { PersonId, WelderId } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { exportFile } from "../exports/exports.ts";
import { openPhoto } from "../photos/photos.ts";
import { isInScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { permitTable } from "./permit-table.ts";
import { type PermitTicket, permitTicket } from "./permit-ticket.ts";
import { permitOf } from "./permit-view.ts";
import { knowsNames, requireVisiblePermit, type VisiblePermit } from "./policy.ts";
import { type PermitFilter, selectGasTests, selectNames, selectPermits } from "./queries.ts";

/** What of permits goes out of the platform: the paper, the list as a file, and whether a paper is real. */
export function registerPermitPapers(server: FastifyInstance, ctx: AppContext): void {
  handle(server, hotWorkPermitRoutes.printHotWorkPermit, async (request, reply) => {
    const visible = await requireVisiblePermit(ctx, request, request.params.permitId);
    const { person, row } = visible;
    if (row.status === "draft") throw new AppError("hot_work_permit.wrong_status");
    const inFull = knowsNames(person, row);
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    const ticket = await ticketOf(ctx, visible, inFull, publicUrl);
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
    const code = request.params.verificationCode.toUpperCase().replaceAll("-", "");
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

async function ticketOf(
  ctx: AppContext,
  { row }: VisiblePermit,
  inFull: boolean,
  publicUrl: string,
): Promise<PermitTicket> {
  const nameOf = (sealed: Uint8Array | undefined) => {
    if (!sealed) return "";
    const name = ctx.personalData.open("name", sealed);
    return inFull ? name : maskName(name);
  };
  const ids = [
    row.welder_person_id,
    row.supervisor_person_id,
    row.fire_watch_person_id,
    row.approver_person_id,
  ] as const;
  const sealed = await selectNames(
    ctx.db,
    ids.filter((id) => id !== null),
  );
  const of = (id: PersonId | null) => nameOf(id === null ? undefined : sealed.get(id));
  const gasTests = await selectGasTests(ctx.db, row.permit_id);
  return {
    permit: row,
    gasTests: gasTests.map((test) => ({ ...test, testerName: nameOf(test.name_ciphertext) })),
    names: { welder: of(ids[0]), supervisor: of(ids[1]), fireWatch: of(ids[2]), approver: of(ids[3]) },
    certificateNumber: await certificateNumber(ctx, row.welder_id),
    signature: row.signature_blob_id === null ? null : (await openPhoto(ctx, row.signature_blob_id)).bytes,
    checkUrl: row.verification_code && `${publicUrl}/m/#/permit-check/${row.verification_code}`,
  };
}

/** Of the welder's certificate that is valid longest; masked. */
async function certificateNumber(ctx: AppContext, welderId: WelderId): Promise<string | null> {
  const row = await ctx.db
    .selectFrom("certificates")
    .select("number_ciphertext")
    .where("welder_id", "=", welderId)
    .where("status", "=", "valid")
    .where("verification", "=", "verified")
    .where("number_ciphertext", "is not", null)
    .orderBy("valid_to", "desc")
    .executeTakeFirst();
  const sealed = row?.number_ciphertext;
  return sealed ? maskIdentityNumber(ctx.personalData.open("certificate-number", sealed)) : null;
}
