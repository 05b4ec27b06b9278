import type { Role, SightLevel } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { hasRole, type Person, requirePerson, requireScope, requireSight } from "../sign-in/sign-in.ts";
import { type CertificateRow, selectCertificate } from "./queries.ts";

/** Who decides about certificates; a firm may not judge the papers of the people it sends to weld. */
export const REVIEW_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

/**
 * A certificate for somebody who may review it and knows people of its region, in full where `level` says so.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | certificate.not_found |
 *   region.out_of_scope
 */
export async function requireReviewable(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  certificateId: string,
  level: SightLevel = "rows",
): Promise<{ row: CertificateRow; person: Person }> {
  const { person, scope } = requireSight(request, "people", level, REVIEW_ROLES);
  const row = await selectCertificate(ctx.db, certificateId);
  if (!row) throw new AppError("certificate.not_found");
  requireScope(scope, row.region_code);
  return { row, person };
}

/** A certificate for its own welder, or for somebody who may review it and see it in full. */
export async function requireVisible(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  certificateId: string,
): Promise<{ row: CertificateRow; person: Person; isOwn: boolean }> {
  const person = requirePerson(request);
  if (hasRole(person, "welder")) {
    const row = await selectCertificate(ctx.db, certificateId);
    if (row?.person_id === person.personId) return { row, person, isOwn: true };
  }
  return { ...(await requireReviewable(ctx, request, certificateId, "personal")), isOwn: false };
}
