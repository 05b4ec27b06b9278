import type { AppContext } from "../../context.ts";
import { jwkOf } from "../../crypto/jwks.ts";
import { contentDigest, signMessage } from "../../crypto/message-signature.ts";
import { changeDelivery, claimHeads } from "./queries.ts";

type DeliverContext = Pick<AppContext, "db" | "clock" | "random" | "keys" | "postWebhook">;
type Due = Awaited<ReturnType<typeof claimHeads>>[number];

/** After so many tries, the last some hours after the first, a delivery is given up until somebody says otherwise. */
export const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
const LEASE_MS = 60_000;
/** So that a sweep ends; the next one goes on. */
const MAX_ROUNDS = 200;

/**
 * Posts what is due, to each subscription in order and one at a time, to all at once; true statuses count, everything
 * else is tried again later.
 */
export async function deliverWebhooks(ctx: DeliverContext): Promise<number> {
  let delivered = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const nowMs = ctx.clock.nowMs();
    const due = await claimHeads(ctx.db, new Date(nowMs), new Date(nowMs + LEASE_MS));
    if (due.length === 0) break;
    await Promise.all(due.map((delivery) => deliver(ctx, delivery)));
    delivered += due.length;
  }
  return delivered;
}

async function deliver(ctx: DeliverContext, delivery: Due): Promise<void> {
  const outcome = await attempt(ctx, delivery);
  if (outcome.status !== null && outcome.status >= 200 && outcome.status < 300) {
    await changeDelivery(ctx.db, delivery.delivery_id, {
      status: "delivered",
      next_attempt_at: null,
      last_status: outcome.status,
      last_error: null,
    });
    return;
  }
  const isLast = delivery.attempts >= MAX_ATTEMPTS;
  await changeDelivery(ctx.db, delivery.delivery_id, {
    status: isLast ? "dead" : "pending",
    next_attempt_at: isLast ? null : new Date(ctx.clock.nowMs() + waitMs(ctx, delivery.attempts)),
    last_status: outcome.status,
    last_error: outcome.error,
  });
}

async function attempt(
  ctx: DeliverContext,
  delivery: Due,
): Promise<{ status: number | null; error: string | null }> {
  try {
    const status = await ctx.postWebhook({ url: delivery.url, ...messageOf(ctx, delivery) });
    return { status, error: null };
  } catch (error) {
    const text = error instanceof Error ? error.message || error.name : String(error);
    return { status: null, error: text.slice(0, 200) };
  }
}

/** The id stays the same at every attempt, the time does not: a receiver refuses old times and ids it has seen. */
function messageOf(ctx: DeliverContext, delivery: Due) {
  const seconds = Math.floor(ctx.clock.nowMs() / 1000);
  const body = JSON.stringify({
    id: delivery.delivery_id,
    sequence: delivery.sequence,
    kind: delivery.event_kind,
    occurredAt: delivery.occurred_at.toISOString(),
    event: delivery.event,
  });
  const headers = {
    "content-type": "application/json",
    "content-digest": contentDigest(body),
    "webhook-id": delivery.delivery_id,
    "webhook-timestamp": String(seconds),
  };
  const signature = signMessage(ctx.keys.signer, jwkOf(ctx.keys.trusted[0]!).kid, seconds, [
    ['"@method"', "POST"],
    ['"@target-uri"', new URL(delivery.url).href],
    ...Object.entries(headers).map(([name, value]) => [`"${name}"`, value] as const),
  ]);
  return { body, headers: { ...headers, ...signature } };
}

/** Full jitter: anywhere up to a bound that doubles, so that receivers that come back are not met by all at once. */
export function waitMs({ random }: Pick<AppContext, "random">, attempts: number): number {
  const boundMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  const bytes = random(4);
  const share = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32;
  return Math.floor(boundMs * share);
}
