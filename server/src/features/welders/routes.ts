import { certificateRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber } from "../../crypto/mask.ts";
import { handle } from "../../http/contract-route.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { selectCertificates } from "./queries.ts";
import { welderOf } from "./welders.ts";

export function registerWelders(server: FastifyInstance, ctx: AppContext): void {
  handle(server, certificateRoutes.listOwnCertificates, async (request) => {
    const welderId = await welderOf(ctx, requireRole(request, "welder"));
    const rows = await selectCertificates(ctx.db, welderId);
    return {
      certificates: rows.map((row) => ({
        certificateId: row.certificate_id,
        family: row.family,
        item: row.item,
        number:
          row.number_ciphertext &&
          maskIdentityNumber(ctx.personalData.open("certificate-number", row.number_ciphertext)),
        validFrom: row.valid_from,
        validTo: row.valid_to,
        reviewDueOn: row.review_due_on,
        status: row.status,
      })),
    };
  });
}
