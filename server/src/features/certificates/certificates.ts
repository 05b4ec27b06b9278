/** The feature's face: what others use of certificates, and what is decided about a verified one. */
import type { AppContext } from "../../context.ts";
import type { CertificatesTable } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { notify } from "../notifications/notifications.ts";
import { type CertificateRow, setStanding } from "./queries.ts";

/**
 * Suspends, revokes or reinstates a verified certificate. The next start is decided by it; work under way ends as the
 * region's policy says.
 * @throws AppError certificate.not_verified
 */
export async function changeStanding(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  row: CertificateRow,
  status: CertificatesTable["status"],
  reason: string,
  actor: string,
): Promise<void> {
  const { certificate_id: certificateId, family, item } = row;
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await setStanding(tx, certificateId, status))) throw new AppError("certificate.not_verified");
    await notify(ctx, tx, [
      {
        personId: row.person_id,
        kind: "certificate-standing",
        data: { certificateId, family, item, status, text: reason },
      },
    ]);
    await ctx.audit.record(tx, {
      actor,
      action: "certificate.standing_changed",
      subject: `certificate:${certificateId}`,
      details: { from: row.status, to: status, reason },
    });
  });
}

export { certificateOf } from "./certificate-view.ts";
export { REVIEW_ROLES, requireReviewable } from "./policy.ts";
export {
  type CertificateRow,
  certificatesWithEntry,
  selectCertificate,
  selectCertificatesOf,
} from "./queries.ts";
export { askRegistryAgain } from "./registry-check.ts";
export { settle } from "./settle.ts";
