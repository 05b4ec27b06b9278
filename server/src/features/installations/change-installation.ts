import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type LockedInstallation, lockInstallation } from "./queries.ts";

export interface Change {
  person: Person;
  installationId: string;
  /** `installation.…` of the audit log. */
  action: string;
  details?: Record<string, unknown>;
}

/**
 * One step of the installer who began it, alone and whole: what `work` writes and the audit entry stand or fall
 * together.
 * @throws AppError installation.not_found, role.forbidden, installation.ended
 */
export async function changeInstallation(
  ctx: Pick<AppContext, "db" | "audit">,
  { person, installationId, action, details = {} }: Change,
  work: (
    tx: Kysely<Tables>,
    installation: LockedInstallation,
  ) => Promise<Record<string, unknown> | undefined>,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const installation = await lockInstallation(tx, installationId);
    if (!installation) throw new AppError("installation.not_found");
    if (installation.installer_id !== person.personId) throw new AppError("role.forbidden");
    if (installation.status !== "open") throw new AppError("installation.ended");
    const learned = await work(tx, installation);
    await ctx.audit.record(tx, {
      actor: person.personId,
      action,
      subject: `installation:${installationId}`,
      details: { ...details, ...learned },
    });
  });
}
