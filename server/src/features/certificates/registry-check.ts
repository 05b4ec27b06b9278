import type { RegistryOutcome } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { Unreachable } from "../../outbound/unreachable.ts";
import { type CertificateRow, noteRegistry, selectCertificate, selectUnanswered } from "./queries.ts";
import { settle } from "./settle.ts";

export type CheckContext = Pick<
  AppContext,
  "db" | "clock" | "newId" | "registry" | "personalData" | "audit" | "metrics" | "log"
>;

/** What the registry's word decides by itself; everything else is for people. */
const verdicts: Partial<Record<RegistryOutcome, Parameters<typeof settle>[3]>> = {
  valid: { verification: "verified", reason: null, text: "" },
  revoked: { verification: "rejected", reason: "registry-revoked", text: "" },
  expired: { verification: "rejected", reason: "registry-expired", text: "" },
};

/**
 * Asks the registry about a certificate that waits, and notes or acts on the answer. Whoever decided or changed it
 * meanwhile has the last word.
 */
export async function checkWithRegistry(ctx: CheckContext, certificateId: string): Promise<RegistryOutcome> {
  const row = await selectCertificate(ctx.db, certificateId);
  if (!row || row.revision === null || row.verification !== "submitted") return "valid";
  const { outcome, differs } = await ask(ctx, row);
  ctx.metrics.registryAnswers.inc({ outcome });
  const checkedAt = new Date(ctx.clock.nowMs());
  const { revision } = row;
  await ctx.db.transaction().execute(async (tx) => {
    const isOpen = await noteRegistry(tx, certificateId, revision, { outcome, differs, checkedAt });
    const verdict = verdicts[outcome];
    if (isOpen && verdict) await settle(ctx, tx, row, verdict, "registry");
  });
  return outcome;
}

async function ask(
  ctx: CheckContext,
  row: CertificateRow,
): Promise<{ outcome: RegistryOutcome; differs: readonly string[] }> {
  if (!ctx.registry.isConfigured) return { outcome: "not-configured", differs: [] };
  const { personalData } = ctx;
  const identity = row.identity_ciphertext;
  try {
    return await ctx.registry.check({
      family: row.family,
      number: row.number_ciphertext ? personalData.open("certificate-number", row.number_ciphertext) : "",
      item: row.item,
      name: personalData.open("name", row.name_ciphertext),
      identityNumber: identity ? personalData.open("identity-number", identity) : "",
      validFrom: row.valid_from,
      validTo: row.valid_to,
      reviewDueOn: row.review_due_on,
    });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    ctx.log.warn({ reason: error.reason }, "the certificate registry gave no answer");
    return { outcome: "unreachable", differs: [] };
  }
}

/** A request that asks by itself is done long before. */
const ASK_AGAIN_AFTER_MS = 60_000;
const AT_ONCE = 50;

/** Asks about certificates that the registry could not be asked about when they came; stops at the first silence. */
export async function askRegistryAgain(ctx: CheckContext): Promise<number> {
  if (!ctx.registry.isConfigured) return 0;
  const before = new Date(ctx.clock.nowMs() - ASK_AGAIN_AFTER_MS);
  const waiting = await selectUnanswered(ctx.db, before, AT_ONCE);
  let answered = 0;
  for (const certificateId of waiting) {
    if ((await checkWithRegistry(ctx, certificateId)) === "unreachable") break;
    answered++;
  }
  return answered;
}
