import { createHmac, timingSafeEqual } from "node:crypto";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import {
  consumeCode,
  findCodeTimes,
  findPhoneHolder,
  insertNewcomer,
  replaceCode,
  spendAttempt,
} from "./queries.ts";
import { type Device, type StartedSession, startSession } from "./session.ts";

type PhoneContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "config" | "newId" | "audit" | "sms" | "personalData" | "log" | "metrics"
>;

export const codeValidMinutes = 5;
const resendAfterSeconds = 60;
const attempts = 5;
const windowHours = 24;
const maxSendsPerWindow = 10;

export interface CodeRequested {
  expiresInSeconds: number;
  resendAfterSeconds: number;
  /** Settles when the message has left or failed; the answer does not wait for it. */
  sending: Promise<void>;
}

/**
 * Makes a new one-time code for a phone. Whether anybody has that phone shows in nothing: not in the answer, its time,
 * the limits or the stored rows. Who is new is sent a code too, to register; who was deactivated is not.
 * @throws AppError request.rate_limited
 */
export async function requestCode(ctx: PhoneContext, phone: string): Promise<CodeRequested> {
  if (ctx.config.sms.provider === "none") throw new AppError("sms.not_sent");
  const phoneIndex = ctx.personalData.blindIndex("phone", phone);
  const nowMs = ctx.clock.nowMs();
  const code = randomCode(ctx);
  const replaced = await replaceCode(ctx.db, {
    phoneIndex,
    codeDigest: digestOf(ctx, phoneIndex, code),
    now: new Date(nowMs),
    expiresAt: new Date(nowMs + codeValidMinutes * 60_000),
    attempts,
    resendAfter: new Date(nowMs - resendAfterSeconds * 1000),
    windowSince: new Date(nowMs - windowHours * 3_600_000),
    maxSends: maxSendsPerWindow,
  });
  if (!replaced) {
    const details = { retryAfterSeconds: await secondsToWait(ctx, phoneIndex, nowMs) };
    throw new AppError("request.rate_limited", { details });
  }
  return {
    expiresInSeconds: codeValidMinutes * 60,
    resendAfterSeconds,
    sending: sendUnlessBarred(ctx, phone, phoneIndex, code),
  };
}

/**
 * Signs in by phone and code. A phone that nobody has yet becomes a person without name or roles, who may register.
 * @throws AppError sign_in.code_wrong for a wrong, used or expired code, and for who was deactivated
 */
export async function verifyCode(
  ctx: PhoneContext,
  input: { phone: string; code: string; device: Device },
): Promise<StartedSession> {
  const phoneIndex = ctx.personalData.blindIndex("phone", input.phone);
  const now = new Date(ctx.clock.nowMs());
  // Its own transaction: a failed attempt stays spent.
  const stored = await spendAttempt(ctx.db, phoneIndex, now);
  const given = digestOf(ctx, phoneIndex, input.code);
  const matches = stored?.length === given.length && timingSafeEqual(stored, given);
  const session = !matches
    ? undefined
    : await ctx.db.transaction().execute(async (tx) => {
        const holder = await findPhoneHolder(tx, phoneIndex);
        if (holder?.is_active === false || !(await consumeCode(tx, phoneIndex, given, now))) return undefined;
        const personId = holder?.person_id ?? (await addNewcomer(ctx, tx, input.phone, now));
        return await startSession(ctx, tx, personId, "phone", input.device);
      });
  ctx.metrics.signIns.inc({ method: "phone", outcome: session ? "accepted" : "refused" });
  if (!session) throw new AppError("sign_in.code_wrong");
  return session;
}

async function addNewcomer(
  { newId, personalData }: PhoneContext,
  tx: Kysely<Tables>,
  phone: string,
  now: Date,
): Promise<PersonId> {
  const personId = newId() as PersonId;
  await insertNewcomer(tx, {
    person_id: personId,
    name_ciphertext: personalData.seal("name", ""),
    phone_ciphertext: personalData.seal("phone", phone),
    phone_index: personalData.blindIndex("phone", phone),
    created_at: now,
  });
  return personId;
}

async function sendUnlessBarred(
  ctx: PhoneContext,
  phone: string,
  phoneIndex: Uint8Array,
  code: string,
): Promise<void> {
  try {
    if ((await findPhoneHolder(ctx.db, phoneIndex))?.is_active === false) return;
    await ctx.sms.sendCode(phone, code);
    ctx.metrics.smsMessages.inc({ outcome: "sent" });
  } catch (error) {
    ctx.metrics.smsMessages.inc({ outcome: "failed" });
    ctx.log.error({ err: error }, "a one-time code could not be sent");
  }
}

async function secondsToWait(ctx: PhoneContext, phoneIndex: Uint8Array, nowMs: number): Promise<number> {
  const times = await findCodeTimes(ctx.db, phoneIndex);
  if (!times) return resendAfterSeconds;
  const windowEndMs = times.window_started_at.getTime() + windowHours * 3_600_000;
  const isWindowFull = times.window_sends >= maxSendsPerWindow && windowEndMs > nowMs;
  const freeAtMs = isWindowFull ? windowEndMs : times.sent_at.getTime() + resendAfterSeconds * 1000;
  return Math.max(1, Math.ceil((freeAtMs - nowMs) / 1000));
}

/** Six digits, every one of the million equally likely. */
function randomCode({ random }: Pick<AppContext, "random">): string {
  const limit = Math.floor(2 ** 32 / 1_000_000) * 1_000_000;
  for (;;) {
    const bytes = random(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (value < limit) return String(value % 1_000_000).padStart(6, "0");
  }
}

/** A code has few values: without the pepper a stolen table gives none of them away. */
function digestOf({ config }: Pick<AppContext, "config">, phoneIndex: Uint8Array, code: string): Uint8Array {
  return new Uint8Array(
    createHmac("sha256", config.secrets.signInPepper).update(phoneIndex).update(code).digest(),
  );
}
