import type { AppContext } from "../../context.ts";
import { type OtherWorkRow, wipeContacts } from "./other-work-queries.ts";

/** Until then somebody may have to be asked what was done there. */
const CONTACT_KEPT_MS = 30 * 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 500;

/** Whom to call about a declared work; undefined once that is forgotten. */
export function contactOfWork(
  { personalData: { open } }: Pick<AppContext, "personalData">,
  row: Pick<OtherWorkRow, "contact_name_ciphertext" | "contact_phone_ciphertext">,
): { name: string; phone: string } | undefined {
  const { contact_name_ciphertext: name, contact_phone_ciphertext: phone } = row;
  return name && phone ? { name: open("name", name), phone: open("phone", phone) } : undefined;
}

/** Forgets the contacts of declared work that has been over for a month; the work itself stays on record. */
export async function forgetWorkContacts({ db, clock }: Pick<AppContext, "db" | "clock">): Promise<void> {
  const overBefore = new Date(clock.nowMs() - CONTACT_KEPT_MS);
  while ((await wipeContacts(db, overBefore, FORGOTTEN_AT_ONCE)) === FORGOTTEN_AT_ONCE);
}
