import { certificateReviewRoutes, type SightLevel } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { REVIEW_ROLES, requireReviewable, settle } from "../certificates/certificates.ts";
import { requireSight } from "../sign-in/sign-in.ts";
import { reviewsOf } from "./certificate-review.ts";
import { countReviews, selectReviews } from "./queries.ts";

export function registerCertificateReview(server: FastifyInstance, ctx: AppContext): void {
  /** One that a welder entered, for somebody who may review it. */
  async function requireEntered(
    request: Pick<FastifyRequest, "person">,
    certificateId: string,
    level: SightLevel = "rows",
  ) {
    const found = await requireReviewable(ctx, request, certificateId, level);
    if (found.row.revision === null) throw new AppError("certificate.not_found");
    return found;
  }

  async function shown(request: Pick<FastifyRequest, "person">, certificateId: string) {
    const { row } = await requireEntered(request, certificateId);
    const [review] = await reviewsOf(ctx, [row]);
    return review!;
  }

  handle(server, certificateReviewRoutes.listReviews, async (request) => {
    const { scope } = requireSight(request, "people", "rows", REVIEW_ROLES);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectReviews(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return {
      items: await reviewsOf(ctx, rows),
      total: await countReviews(ctx.db, filter),
      page,
      pageSize,
    };
  });

  handle(
    server,
    certificateReviewRoutes.getReview,
    async (request) => await shown(request, request.params.certificateId),
  );

  handle(server, certificateReviewRoutes.decideReview, async (request) => {
    const { certificateId } = request.params;
    const { revision, verdict, reason, text } = request.body;
    // Nobody judges a certificate without having seen its photo, which only some departments may.
    const { row, person } = await requireEntered(request, certificateId, "personal");
    // What the reviewer looked at must be what is decided.
    if (row.revision !== revision || row.decided_at !== null)
      throw new AppError("certificate_review.decided");
    const decision =
      verdict === "approve"
        ? ({ verification: "verified", reason: null, text: "" } as const)
        : ({ verification: "rejected", reason, text } as const);
    await ctx.db.transaction().execute((tx) => settle(ctx, tx, row, decision, person.personId));
    return await shown(request, certificateId);
  });

  handle(server, certificateReviewRoutes.unmaskReview, async (request) => {
    const { row, person } = await requireEntered(request, request.params.certificateId, "personal");
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "personal_data.read",
      subject: `certificate:${row.certificate_id}`,
      details: { what: "name, identity number, certificate number", reason: request.body.reason },
    });
    const { personalData } = ctx;
    const { identity_ciphertext: identity, number_ciphertext: number } = row;
    return {
      name: personalData.open("name", row.name_ciphertext),
      identityNumber: identity && personalData.open("identity-number", identity),
      number: number && personalData.open("certificate-number", number),
    };
  });
}
