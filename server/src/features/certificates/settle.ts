import type { RejectionReason } from "@hanyouxu/api";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { notify } from "../notifications/notifications.ts";
import { type CertificateRow, settleEntry } from "./queries.ts";

export interface Verdict {
  verification: "verified" | "rejected";
  reason: RejectionReason | null;
  /** For the welder: what to send instead. */
  text: string;
}

/**
 * Decides a certificate as it was read, once, and tells its welder.
 * @param by a person's id, or `registry`
 * @throws AppError certificate_review.decided when somebody was quicker
 */
export async function settle(
  ctx: Pick<AppContext, "clock" | "newId" | "audit">,
  tx: Kysely<Tables>,
  row: CertificateRow,
  { verification, reason, text }: Verdict,
  by: string,
): Promise<void> {
  const certificateId = row.certificate_id;
  const settled = await settleEntry(tx, certificateId, row.revision ?? 0, {
    verification,
    decidedAt: new Date(ctx.clock.nowMs()),
    decidedBy: by,
    reason,
    text: reason === null ? null : text,
  });
  if (!settled) throw new AppError("certificate_review.decided");
  const { family, item } = row;
  await notify(ctx, tx, [
    verification === "verified"
      ? { personId: row.person_id, kind: "certificate-verified", data: { certificateId, family, item } }
      : {
          personId: row.person_id,
          kind: "certificate-rejected",
          data: { certificateId, family, item, reason, text },
        },
  ]);
  await ctx.audit.record(tx, {
    actor: by === "registry" ? "system" : by,
    action: verification === "verified" ? "certificate.verified" : "certificate.rejected",
    subject: `certificate:${certificateId}`,
    details: { by: by === "registry" ? "registry" : "person", reason, text },
  });
}
