import { hotWorkPermitRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { selectPermits } from "./queries.ts";

/** What of a permit goes out of the platform: its paper, and whether a paper is real. */
export function registerPermitPapers(server: FastifyInstance, ctx: AppContext): void {
  handle(server, hotWorkPermitRoutes.verifyPermit, async (request) => {
    const code = request.params.verificationCode.toUpperCase().replaceAll("-", "");
    const [row] = await selectPermits(ctx.db, { verificationCode: code }, 1, 0);
    if (!row) throw new AppError("hot_work_permit.not_found");
    const nowMs = ctx.clock.nowMs();
    const { valid_from: from, valid_to: to } = row;
    return {
      permitNumber: row.permit_number,
      status: row.status,
      validFrom: from?.toISOString() ?? null,
      validTo: to?.toISOString() ?? null,
      isValidNow: row.status === "approved" && from !== null && to !== null && +from <= nowMs && nowMs < +to,
    };
  });
}
