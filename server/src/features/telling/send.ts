import type { MessageSeverity } from "@hanyouxu/api";
import { NotTaken, type Recipient } from "../../channels/channel.ts";
import type { AppContext } from "../../context.ts";
import { pauseMs } from "../../outbound/asking-again.ts";
import { openTarget } from "./push-targets.ts";
import { render } from "./render.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  deletePushSubscriptions,
  endTry,
  selectPushSubscriptions,
} from "./send-queries.ts";

type SendContext = Pick<AppContext, "db" | "clock" | "random" | "log" | "personalData" | "channels">;

/** After so many tries a delivery is given up: for a danger some twelve minutes after the first, else some hours. */
export const MOST_ATTEMPTS = 8;
const PAUSES: Record<MessageSeverity, { firstPauseMs: number; longestPauseMs: number }> = {
  danger: { firstPauseMs: 5_000, longestPauseMs: 300_000 },
  warning: { firstPauseMs: 30_000, longestPauseMs: 3_600_000 },
  notice: { firstPauseMs: 30_000, longestPauseMs: 3_600_000 },
};
/** Longer than any channel waits for its provider. */
export const LEASE_MS = 60_000;
const AT_ONCE = 50;
/** So that a sweep ends; the next one goes on. */
const MOST_ROUNDS = 40;

/** Sends what is due, dangers first. @returns how many tries were made */
export async function sendMessages(ctx: SendContext): Promise<number> {
  let tried = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const nowMs = ctx.clock.nowMs();
    const due = await claimDeliveries(ctx.db, new Date(nowMs), new Date(nowMs + LEASE_MS), AT_ONCE);
    await Promise.all(due.map((delivery) => send(ctx, delivery)));
    tried += due.length;
    if (due.length < AT_ONCE) break;
  }
  return tried;
}

async function send(ctx: SendContext, delivery: ClaimedDelivery): Promise<void> {
  const channel = ctx.channels.get(delivery.channel);
  if (!delivery.is_needed) return await end(ctx, delivery, "not-needed");
  if (!channel) return await end(ctx, delivery, "given-up", "not-configured");
  // A text message or a call that may have gone out goes out again only where silence is worse.
  if (delivery.was_lost && !channel.isRepeatable && delivery.severity !== "danger") {
    return await end(ctx, delivery, "given-up", "outcome-unknown");
  }
  const language = delivery.language ?? "zh-CN";
  let isUnheard: boolean | undefined;
  try {
    const { goneTargets = [], ...sent } = await channel.send(await recipientOf(ctx, delivery), {
      deliveryId: delivery.delivery_id,
      messageId: delivery.message_id,
      language,
      severity: delivery.severity,
      tag: `${delivery.subject_kind}:${delivery.subject_id}`,
      ...render(delivery.template, delivery.words, language),
    });
    if (goneTargets.length > 0) await deletePushSubscriptions(ctx.db, goneTargets);
    isUnheard = sent.isUnheard;
  } catch (error) {
    if (!(error instanceof NotTaken)) {
      ctx.log.error({ err: error, channel: delivery.channel }, "sending a message failed");
    }
    return await fail(ctx, delivery, error, channel.isRepeatable);
  }
  await (isUnheard ? end(ctx, delivery, "given-up", "gone") : end(ctx, delivery, "sent"));
}

async function fail(
  ctx: SendContext,
  delivery: ClaimedDelivery,
  error: unknown,
  isRepeatable: boolean,
): Promise<void> {
  const notTaken = error instanceof NotTaken ? error : new NotTaken("bug");
  const { reason } = notTaken;
  const mayDouble = notTaken.isUnknown && !isRepeatable && delivery.severity !== "danger";
  if (notTaken.isFinal || mayDouble || delivery.attempts >= MOST_ATTEMPTS) {
    return await end(ctx, delivery, "given-up", reason);
  }
  // At least a second: a pause drawn as nothing would be no pause.
  const waitMs = 1_000 + pauseMs(ctx.random, delivery.attempts, PAUSES[delivery.severity]);
  await endTry(ctx.db, delivery, {
    next_attempt_at: new Date(ctx.clock.nowMs() + waitMs),
    last_error: reason,
  });
}

async function end(
  ctx: SendContext,
  delivery: ClaimedDelivery,
  status: "sent" | "given-up" | "not-needed",
  last_error: string | null = null,
): Promise<void> {
  await endTry(ctx.db, delivery, {
    status,
    next_attempt_at: null,
    sent_at: status === "sent" ? new Date(ctx.clock.nowMs()) : null,
    last_error,
  });
}

async function recipientOf(ctx: SendContext, delivery: ClaimedDelivery): Promise<Recipient> {
  const { personalData } = ctx;
  const { channel, person_id, phone_ciphertext, email_ciphertext } = delivery;
  const subscriptions = channel === "push" ? await selectPushSubscriptions(ctx.db, person_id) : [];
  return {
    phone: phone_ciphertext && personalData.open("phone", phone_ciphertext),
    email: email_ciphertext && personalData.open("email", email_ciphertext),
    pushTargets: subscriptions.map((row) => openTarget(ctx, row)),
  };
}
