import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type ConflictRow, insertAcknowledgements } from "./conflict-queries.ts";
import { ownFirms, partiesOf } from "./policy.ts";

/**
 * An officer says for every firm of his that takes part what is done about it.
 * @throws AppError region.out_of_scope | work_conflict.cleared | work_conflict.acknowledged
 */
export async function acknowledgeConflict(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  person: Person,
  row: ConflictRow,
  note: string,
): Promise<void> {
  const firms = firmsOf(person, row);
  if (firms.length === 0) throw new AppError("region.out_of_scope");
  if (row.cleared_at !== null) throw new AppError("work_conflict.cleared");
  const workConflictId = row.work_conflict_id;
  const said = { note, by: person.personId, at: new Date(ctx.clock.nowMs()) };
  await ctx.db.transaction().execute(async (tx) => {
    const enterpriseIds = await insertAcknowledgements(tx, workConflictId, firms, said);
    if (enterpriseIds.length === 0) throw new AppError("work_conflict.acknowledged");
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "work_conflict.acknowledged",
      subject: `work_conflict:${workConflictId}`,
      details: { enterpriseIds, note },
    });
  });
}

/** The firms of a conflict that a person is an officer of. */
export function firmsOf(person: Person, row: ConflictRow) {
  const { enterprises } = ownFirms(person);
  return [...new Set(partiesOf(row))].filter((id) => enterprises.includes(id));
}
