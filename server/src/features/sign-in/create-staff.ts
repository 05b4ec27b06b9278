import type { Role } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { hashPassword } from "./password.ts";
import { normalUsername } from "./staff.ts";
import { newTotpSecret, totpUri } from "./totp.ts";

export interface NewStaff {
  username: string;
  /** At least 12 characters; whoever asks for it checks that. */
  password: string;
  name: string;
  role: Role;
  region: RegionCode | null;
  enterpriseId: EnterpriseId | null;
}

/**
 * Creates a person with a staff account and one role.
 * @returns the person and the TOTP address for the authenticator app, which is shown once and cannot be had again.
 * @throws a unique violation on staff_accounts_username_key when the name is taken.
 */
export async function createStaff(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "newId" | "personalData" | "audit">,
  staff: NewStaff,
  /** Who creates it: a person's id, or `system` from the command line. */
  actor: string,
): Promise<{ personId: PersonId; totpUri: string; totpSecret: string }> {
  const now = new Date(ctx.clock.nowMs());
  const personId = ctx.newId() as PersonId;
  const username = normalUsername(staff.username);
  const passwordHash = await hashPassword(staff.password, ctx.random);
  const totpSecret = newTotpSecret(ctx.random);
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .insertInto("persons")
      .values({
        person_id: personId,
        name_ciphertext: ctx.personalData.seal("name", staff.name),
        phone_ciphertext: null,
        phone_index: null,
        created_at: now,
      })
      .execute();
    await tx
      .insertInto("staff_accounts")
      .values({
        person_id: personId,
        username,
        password_hash: passwordHash,
        totp_ciphertext: ctx.personalData.seal("totp-secret", totpSecret),
        created_at: now,
        region_code: staff.region,
      })
      .execute();
    await tx
      .insertInto("role_grants")
      .values({
        role_grant_id: ctx.newId(),
        person_id: personId,
        role: staff.role,
        region_code: staff.region,
        enterprise_id: staff.enterpriseId,
        granted_at: now,
      })
      .execute();
    const details = { role: staff.role, region: staff.region, enterpriseId: staff.enterpriseId };
    await ctx.audit.record(tx, { actor, action: "staff.created", subject: `person:${personId}`, details });
  });
  return { personId, totpUri: totpUri(totpSecret, username), totpSecret };
}
