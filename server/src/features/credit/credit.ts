/** Points of welders and firms by published rules: booked with their cause and rule version, and given back. */
import type { PersonId } from "@hanyouxu/protocol";
import { type CreditHolder, FULL_CREDIT } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { bookCredit, type HolderId } from "./book-credit.ts";
import { type AccountRow, selectAccounts } from "./queries.ts";

/** @throws AppError credit.not_found */
export async function requireAccount(
  { db }: Pick<AppContext, "db">,
  holder: CreditHolder,
  holderId: string,
): Promise<AccountRow> {
  const [row] = await selectAccounts(db, { holder, holderId }, 1, 0);
  if (!row) throw new AppError("credit.not_found");
  return row;
}

/**
 * Gives what the rules say for a training that was attended, as far as points are missing.
 * @throws AppError credit.full | credit.no_rule
 */
export async function bookTraining(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  holder: HolderId,
  row: AccountRow,
  note: string,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const { credit } = await requireAccount({ db: tx }, holder.kind, holder.id);
    if (credit >= FULL_CREDIT) throw new AppError("credit.full");
    const isBooked = await bookCredit(ctx, tx, {
      cause: "training",
      causeId: null,
      holder,
      region: row.region_code,
      madeBy: actor,
      note,
      mostPoints: FULL_CREDIT - credit,
    });
    if (!isBooked) throw new AppError("credit.no_rule");
    const subject = `${holder.kind}:${holder.id}`;
    await ctx.audit.record(tx, { actor, action: "credit.training_booked", subject, details: { note } });
  });
}

export { bookCredit, endBookings, type HolderId, peopleOf } from "./book-credit.ts";
export { followCredit } from "./follow-credit.ts";
export { endBooking } from "./queries.ts";
