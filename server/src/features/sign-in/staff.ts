import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { verifyPassword } from "./password.ts";
import { countAttempt, findLock, findStaff, forgetFailures, useTotpStep } from "./queries.ts";
import { type Device, type StartedSession, startSession } from "./session.ts";
import { totpStep } from "./totp.ts";

type StaffContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "config" | "newId" | "audit" | "personalData" | "metrics"
>;

const lockRule = { fromFailure: 5, firstSeconds: 30, longestSeconds: 900 };
const forgetAfterHours = 24;

/** What an unknown name is compared with, so that it takes as long as a known one; no password fits. */
const nobody = `$argon2id$v=19$m=19456,t=2,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Signs in by user name, password and time-based one-time password. From the fifth failure in a row the name is locked,
 * twice as long each time, whether or not anybody has it.
 * @throws AppError sign_in.credentials_wrong, sign_in.locked
 */
export async function signInStaff(
  ctx: StaffContext,
  input: { username: string; password: string; totp: string; device: Device },
): Promise<StartedSession> {
  const username = normalUsername(input.username);
  await beginAttempt(ctx, username);
  const session = await examine(ctx, username, input);
  ctx.metrics.signIns.inc({ method: "staff", outcome: session ? "accepted" : "refused" });
  if (!session) throw new AppError("sign_in.credentials_wrong");
  return session;
}

/** User names are compared in lower case and one Unicode form. */
export function normalUsername(username: string): string {
  return username.normalize("NFKC").trim().toLowerCase();
}

async function beginAttempt(ctx: StaffContext, username: string): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const forgetBefore = new Date(nowMs - forgetAfterHours * 3_600_000);
  if (await countAttempt(ctx.db, username, new Date(nowMs), { ...lockRule, forgetBefore })) return;
  const until = (await findLock(ctx.db, username))?.getTime() ?? nowMs;
  const retryAfterSeconds = Math.max(1, Math.ceil((until - nowMs) / 1000));
  ctx.metrics.signIns.inc({ method: "staff", outcome: "locked" });
  throw new AppError("sign_in.locked", { details: { retryAfterSeconds } });
}

async function examine(
  ctx: StaffContext,
  username: string,
  { password, totp, device }: { password: string; totp: string; device: Device },
): Promise<StartedSession | undefined> {
  const staff = await findStaff(ctx.db, username);
  // An account that waits for its holder has no hash yet.
  const isPassword = await verifyPassword(password, staff?.password_hash || nobody);
  if (!staff || !isPassword) return undefined;
  const secret = ctx.personalData.open("totp-secret", staff.totp_ciphertext);
  const step = totpStep(secret, totp, ctx.clock.nowMs());
  if (step === undefined) return undefined;
  return await ctx.db.transaction().execute(async (tx) => {
    if (!(await useTotpStep(tx, staff.person_id, step))) return undefined;
    await forgetFailures(tx, username);
    return await startSession(ctx, tx, staff.person_id, "staff", device);
  });
}
