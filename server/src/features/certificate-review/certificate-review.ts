import type { CertificateReview } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName } from "../../crypto/mask.ts";
import { type CertificateRow, certificateOf } from "../certificates/certificates.ts";
import { selectNames } from "./queries.ts";

const states = { submitted: "waiting", verified: "approved", rejected: "rejected" } as const;

/** Certificates as reviewers see them: everything personal masked. */
export async function reviewsOf(
  ctx: Pick<AppContext, "db" | "personalData" | "clock">,
  rows: readonly CertificateRow[],
): Promise<CertificateReview[]> {
  const { personalData } = ctx;
  const deciders = rows.flatMap(({ decided_by: by }) => (by === null || by === "registry" ? [] : [by]));
  const names = await selectNames(ctx.db, deciders);
  const nameOf = (sealed: Uint8Array) => maskName(personalData.open("name", sealed));
  return rows.map((row) => {
    const identity = row.identity_ciphertext && personalData.open("identity-number", row.identity_ciphertext);
    const decider = row.decided_by === null ? undefined : names.get(row.decided_by);
    return {
      ...certificateOf(ctx, row),
      welderId: row.welder_id,
      welderName: nameOf(row.name_ciphertext),
      identityNumber: identity && maskIdentityNumber(identity),
      region: row.region_code,
      regionName: row.region_name,
      state: states[row.verification],
      revision: row.revision ?? 1,
      registryDiffers: row.registry_differs ?? [],
      registryCheckedAt: row.registry_checked_at?.toISOString() ?? null,
      decidedAt: row.decided_at?.toISOString() ?? null,
      decidedBy: decider ? nameOf(decider) : row.decided_by,
    };
  });
}

export { countReviews } from "./queries.ts";
