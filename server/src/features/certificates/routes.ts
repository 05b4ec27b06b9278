import { certificateRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { RateLimiter } from "../../http/rate-limit.ts";
import { openPhoto } from "../photos/photos.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { certificateOf } from "./certificate-view.ts";
import { changeStanding } from "./certificates.ts";
import { requireReviewable, requireVisible } from "./policy.ts";
import { selectCertificate, selectCertificatesOf } from "./queries.ts";
import { checkWithRegistry } from "./registry-check.ts";
import { enterCertificate } from "./submit-certificate.ts";

export function registerCertificates(server: FastifyInstance, ctx: AppContext): void {
  // Each entry stores a photo and asks a registry; nobody holds more certificates than this.
  const entries = new RateLimiter(ctx.clock, { burst: 20, perMinute: 4 });

  handle(server, certificateRoutes.listOwnCertificates, async (request) => {
    const welderId = await welderOf(ctx, requireRole(request, "welder"));
    const rows = await selectCertificatesOf(ctx.db, welderId);
    return { certificates: rows.map((row) => certificateOf(ctx, row)) };
  });

  async function shown(certificateId: string) {
    const row = await selectCertificate(ctx.db, certificateId);
    if (!row) throw new AppError("certificate.not_found");
    return certificateOf(ctx, row);
  }

  handle(server, certificateRoutes.submitCertificate, async (request) => {
    const { personId } = requireRole(request, "welder");
    entries.take(personId);
    const certificateId = await enterCertificate(ctx, personId, null, request.body);
    await checkWithRegistry(ctx, certificateId);
    return await shown(certificateId);
  });

  handle(server, certificateRoutes.resubmitCertificate, async (request) => {
    const { personId } = requireRole(request, "welder");
    entries.take(personId);
    const { certificateId } = request.params;
    await enterCertificate(ctx, personId, certificateId, request.body);
    await checkWithRegistry(ctx, certificateId);
    return await shown(certificateId);
  });

  handle(server, certificateRoutes.getCertificatePhoto, async (request, reply) => {
    const { row, person, isOwn } = await requireVisible(ctx, request, request.params.certificateId);
    if (row.photo_blob_id === null) throw new AppError("photo.missing");
    const { type, bytes } = await openPhoto(ctx, row.photo_blob_id);
    if (!isOwn) {
      await ctx.audit.record(ctx.db, {
        actor: person.personId,
        action: "personal_data.read",
        subject: `certificate:${row.certificate_id}`,
        details: { what: "certificate-photo" },
      });
    }
    void reply.type(type).header("content-disposition", "inline");
    return Buffer.from(bytes);
  });

  handle(server, certificateRoutes.setCertificateStanding, async (request) => {
    const { certificateId } = request.params;
    const { row, person } = await requireReviewable(ctx, request, certificateId);
    const { status, reason } = request.body;
    await changeStanding(ctx, row, status, reason, person.personId);
    return await shown(certificateId);
  });
}
