import type { Certificate } from "@hanyouxu/api";
import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber } from "../../crypto/mask.ts";
import type { CertificateRow } from "./queries.ts";

/** A certificate as the API shows it to its welder and to staff alike: the number masked. */
export function certificateOf(
  { personalData, clock }: Pick<AppContext, "personalData" | "clock">,
  row: CertificateRow,
): Certificate {
  return {
    certificateId: row.certificate_id,
    family: row.family,
    item: row.item,
    number:
      row.number_ciphertext &&
      maskIdentityNumber(personalData.open("certificate-number", row.number_ciphertext)),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    reviewDueOn: row.review_due_on,
    status: row.status,
    verification: row.verification,
    isExpired: row.valid_to < shanghaiDay(clock.nowMs()),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    registryOutcome: row.registry_outcome,
    rejection:
      row.rejection_reason === null
        ? null
        : {
            reason: row.rejection_reason as NonNullable<Certificate["rejection"]>["reason"],
            text: row.rejection_text ?? "",
          },
    hasPhoto: row.photo_blob_id !== null,
  };
}
