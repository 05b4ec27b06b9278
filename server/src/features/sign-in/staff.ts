import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { verifyPassword } from "./password.ts";
import { countAttempt, findLock, findStaff, forgetFailures, lockUntil, useTotpStep } from "./queries.ts";
import { type Device, type StartedSession, startSession } from "./session.ts";
import { totpStep } from "./totp.ts";

type StaffContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "config" | "newId" | "audit" | "personalData" | "metrics"
>;

const freeAttempts = 5;
const firstLockSeconds = 30;
const longestLockSeconds = 900;
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

/** Seconds of lock after so many failures in a row: 30 s, 1 min, 2 min … at most 15 min. */
export function lockSeconds(failedAttempts: number): number {
  if (failedAttempts < freeAttempts) return 0;
  return Math.min(longestLockSeconds, firstLockSeconds * 2 ** (failedAttempts - freeAttempts));
}

async function beginAttempt(ctx: StaffContext, username: string): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const forgetBefore = new Date(nowMs - forgetAfterHours * 3_600_000);
  const failed = await countAttempt(ctx.db, username, new Date(nowMs), forgetBefore);
  if (failed === undefined) {
    const until = (await findLock(ctx.db, username))?.getTime() ?? nowMs;
    const retryAfterSeconds = Math.max(1, Math.ceil((until - nowMs) / 1000));
    ctx.metrics.signIns.inc({ method: "staff", outcome: "locked" });
    throw new AppError("sign_in.locked", { details: { retryAfterSeconds } });
  }
  const seconds = lockSeconds(failed);
  if (seconds > 0) await lockUntil(ctx.db, username, new Date(nowMs + seconds * 1000));
}

async function examine(
  ctx: StaffContext,
  username: string,
  { password, totp, device }: { password: string; totp: string; device: Device },
): Promise<StartedSession | undefined> {
  const staff = await findStaff(ctx.db, username);
  const isPassword = await verifyPassword(password, staff?.password_hash ?? nobody);
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
