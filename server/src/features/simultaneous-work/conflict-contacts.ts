import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { contactOf, selectEnterprises } from "../enterprises/enterprises.ts";
import type { Person } from "../sign-in/sign-in.ts";
import type { ConflictRow } from "./conflict-queries.ts";
import { selectOtherWorks } from "./other-work-queries.ts";
import { contactOfWork } from "./work-contacts.ts";

interface Contact {
  enterpriseName: string;
  name: string;
  phone: string;
}

/**
 * Whom to call on both sides: who was named for a declared work, otherwise the firm's contact. Only while it is open, and
 * audited: the other firm's people are nobody's business afterwards.
 * @throws AppError work_conflict.cleared
 */
export async function conflictContacts(
  ctx: Pick<AppContext, "db" | "audit" | "personalData">,
  person: Person,
  row: ConflictRow,
): Promise<Contact[]> {
  if (row.cleared_at !== null) throw new AppError("work_conflict.cleared");
  const sides = [
    { side: row.one, enterpriseId: row.one_enterprise_id },
    { side: row.other, enterpriseId: row.other_enterprise_id },
  ];
  const contacts: Contact[] = [];
  for (const { side, enterpriseId } of sides) {
    const contact =
      side.subject === "other-work" ? await ofWork(ctx, side.id) : await ofFirm(ctx, enterpriseId);
    if (contact) contacts.push({ enterpriseName: side.enterpriseName ?? "", ...contact });
  }
  await ctx.audit.record(ctx.db, {
    actor: person.personId,
    action: "personal_data.read",
    subject: `work_conflict:${row.work_conflict_id}`,
    details: { fields: ["contacts"], contacts: contacts.length },
  });
  return contacts;
}

type ReadContext = Pick<AppContext, "db" | "personalData">;

async function ofWork(ctx: ReadContext, otherWorkId: string) {
  const [row] = await selectOtherWorks(ctx.db, { otherWorkId }, 1, 0);
  return row && contactOfWork(ctx, row);
}

async function ofFirm(ctx: ReadContext, enterpriseId: string | null) {
  if (enterpriseId === null) return undefined;
  const [row] = await selectEnterprises(ctx.db, { enterpriseId });
  return row && (contactOf(ctx, row) ?? undefined);
}
