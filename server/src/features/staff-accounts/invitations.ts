import { createHash } from "node:crypto";
import type { StaffInvitation } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { hashPassword, newTotpSecret, totpStep, totpUri } from "../sign-in/sign-in.ts";
import {
  endSignIns,
  findInvitation,
  insertInvitation,
  setCredentials,
  useInvitation,
  withdrawInvitations,
} from "./queries.ts";

const INVITATION_HOURS = 72;
type InviteContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "personalData" | "audit">;

/** Issues the one invitation that holds for a person; earlier ones end. Within the caller's transaction. */
export async function invite(
  ctx: InviteContext,
  tx: Kysely<Tables>,
  personId: PersonId,
  issuedBy: string,
): Promise<StaffInvitation> {
  const now = new Date(ctx.clock.nowMs());
  const token = Buffer.from(ctx.random(32)).toString("base64url");
  const expiresAt = new Date(now.getTime() + INVITATION_HOURS * 3_600_000);
  await withdrawInvitations(tx, personId, now);
  await insertInvitation(tx, {
    invitation_id: ctx.newId(),
    person_id: personId,
    token_digest: digestOf(token),
    totp_ciphertext: ctx.personalData.seal("totp-secret", newTotpSecret(ctx.random)),
    issued_by: issuedBy,
    issued_at: now,
    expires_at: expiresAt,
  });
  return { personId, token, expiresAt: expiresAt.toISOString() };
}

/** @throws AppError invitation.not_found for a wrong, used, withdrawn or expired one alike */
async function requireInvitation(ctx: Pick<AppContext, "db" | "clock">, token: string) {
  const found = await findInvitation(ctx.db, digestOf(token), new Date(ctx.clock.nowMs()));
  if (!found) throw new AppError("invitation.not_found");
  return found;
}

/** What an invitation is for, and the secret to enrol. @throws AppError invitation.not_found */
export async function openInvitation(ctx: Pick<AppContext, "db" | "clock" | "personalData">, token: string) {
  const { username, totp_ciphertext, expires_at } = await requireInvitation(ctx, token);
  const secret = ctx.personalData.open("totp-secret", totp_ciphertext);
  return { username, totpUri: totpUri(secret, username), expiresAt: expires_at.toISOString() };
}

/**
 * Sets the password and the authenticator that the person has chosen, once; whatever was signed in with the old ones
 * ends.
 * @throws AppError invitation.not_found | invitation.code_wrong
 */
export async function acceptInvitation(
  ctx: InviteContext,
  { token, password, totp }: { token: string; password: string; totp: string },
): Promise<void> {
  const invitation = await requireInvitation(ctx, token);
  const { person_id, totp_ciphertext } = invitation;
  const step = totpStep(ctx.personalData.open("totp-secret", totp_ciphertext), totp, ctx.clock.nowMs());
  if (step === undefined) throw new AppError("invitation.code_wrong");
  const passwordHash = await hashPassword(password, ctx.random);
  const now = new Date(ctx.clock.nowMs());
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await useInvitation(tx, invitation.invitation_id, now))) throw new AppError("invitation.not_found");
    await setCredentials(tx, person_id, {
      password_hash: passwordHash,
      totp_ciphertext,
      // The code that proves the authenticator has been shown: it opens no sign-in any more.
      totp_last_step: step,
    });
    await endSignIns(tx, person_id, now);
    await ctx.audit.record(tx, {
      actor: person_id,
      action: "staff.invitation_accepted",
      subject: `person:${person_id}`,
    });
  });
}

function digestOf(token: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
