import { createHmac, timingSafeEqual } from "node:crypto";
import type { PersonId } from "@hanyouxu/protocol";
import { NotTaken } from "../../channels/channel.ts";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { selectEmail } from "./settings-queries.ts";

type EmailContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "config" | "channels" | "personalData"
>;

const VALID_MS = 30 * 60_000;
const AGAIN_AFTER_MS = 60_000;
const ATTEMPTS = 5;

const TEXTS = {
  "zh-CN": {
    title: "焊有序邮箱验证码",
    body: (code: string) => `验证码 ${code}，30 分钟内有效。如非本人操作，请忽略。`,
  },
  en: {
    title: "Hanyouxu: confirm your address",
    body: (code: string) =>
      `Your code is ${code}, valid for 30 minutes. Ignore this if you did not ask for it.`,
  },
};

/**
 * Sends a code to an address that somebody wants to be told at. Until it comes back nothing else is sent there.
 * @throws AppError email.not_configured | email.too_soon | email.not_sent
 */
export async function askEmail(
  ctx: EmailContext,
  personId: PersonId,
  address: string,
  language: "zh-CN" | "en",
): Promise<void> {
  const channel = ctx.channels.get("email");
  if (!channel) throw new AppError("email.not_configured");
  const nowMs = ctx.clock.nowMs();
  const code = newCode(ctx);
  await ctx.db.transaction().execute(async (tx) => {
    const known = await selectEmail(tx, personId);
    if (known && nowMs - known.asked_at.getTime() < AGAIN_AFTER_MS) throw new AppError("email.too_soon");
    const change = {
      email_ciphertext: ctx.personalData.seal("email", address),
      code_digest: digestOf(ctx, personId, code),
      code_expires_at: new Date(nowMs + VALID_MS),
      attempts_left: ATTEMPTS,
      asked_at: new Date(nowMs),
      confirmed_at: null,
    };
    await tx
      .insertInto("email_addresses")
      .values({ person_id: personId, ...change })
      .onConflict((conflict) => conflict.column("person_id").doUpdateSet(change))
      .execute();
  });
  const { title, body } = TEXTS[language];
  const id = ctx.newId();
  const message = { deliveryId: id, messageId: id, title, body: body(code), language, tag: "email" };
  try {
    await channel.send({ phone: null, email: address, pushTargets: [] }, { ...message, severity: "notice" });
  } catch (error) {
    if (error instanceof NotTaken) throw new AppError("email.not_sent", { cause: error });
    throw error;
  }
}

/** @throws AppError email.code_wrong */
export async function confirmEmail(ctx: EmailContext, personId: PersonId, code: string): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  const isRight = await ctx.db.transaction().execute(async (tx) => {
    const known = await selectEmail(tx, personId);
    if (!known?.code_digest || known.attempts_left === 0 || known.code_expires_at! < now) return false;
    const isSame = timingSafeEqual(known.code_digest, digestOf(ctx, personId, code));
    await tx
      .updateTable("email_addresses")
      .set(
        isSame
          ? { confirmed_at: now, code_digest: null, code_expires_at: null }
          : { attempts_left: known.attempts_left - 1 },
      )
      .where("person_id", "=", personId)
      .execute();
    return isSame;
  });
  if (!isRight) throw new AppError("email.code_wrong");
}

function newCode({ random }: Pick<AppContext, "random">): string {
  const bytes = random(4);
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return String(number % 1_000_000).padStart(6, "0");
}

function digestOf({ config }: Pick<AppContext, "config">, personId: PersonId, code: string): Buffer {
  return createHmac("sha256", config.secrets.signInPepper).update(`email\0${personId}\0${code}`).digest();
}
