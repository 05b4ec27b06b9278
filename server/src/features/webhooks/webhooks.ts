import type { WebhookDelivery } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { mayPostTo } from "../../outbound/post-webhook.ts";
import { requireClient } from "../sharing/sharing.ts";
import { requireScope, type Scope } from "../sign-in/sign-in.ts";
import {
  changeDelivery,
  findSubscription,
  insertSubscription,
  selectDeliveries,
  setSubscriptionActive,
} from "./queries.ts";

type WebhookContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "config">;

export { deliverWebhooks } from "./deliver.ts";

export interface NewWebhook {
  clientId: string;
  url: string;
  eventKinds: readonly string[];
}

/** @throws AppError api_client.not_found, region.out_of_scope, webhook.address_refused */
export async function subscribe(ctx: WebhookContext, webhook: NewWebhook, actor: PersonId, scope: Scope) {
  await requireClient(ctx, webhook.clientId, scope);
  if (!mayPostTo(webhook.url, ctx.config.webhookOrigins)) throw new AppError("webhook.address_refused");
  const subscription_id = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await insertSubscription(tx, {
      subscription_id,
      client_id: webhook.clientId,
      url: webhook.url,
      event_kinds: JSON.stringify([...new Set(webhook.eventKinds)]),
      created_at: new Date(ctx.clock.nowMs()),
      created_by: actor,
    });
    await ctx.audit.record(tx, {
      actor,
      action: "webhook.subscribed",
      subject: `client:${webhook.clientId}`,
      details: { subscriptionId: subscription_id, url: webhook.url, eventKinds: [...webhook.eventKinds] },
    });
  });
  return { subscriptionId: subscription_id };
}

/** @throws AppError webhook.not_found, region.out_of_scope */
export async function setWebhookActive(
  ctx: WebhookContext,
  subscriptionId: string,
  isActive: boolean,
  actor: PersonId,
  scope: Scope,
): Promise<void> {
  const found = await findSubscription(ctx.db, subscriptionId);
  if (!found) throw new AppError("webhook.not_found");
  requireScope(scope, found.region_code);
  await ctx.db.transaction().execute(async (tx) => {
    await setSubscriptionActive(tx, subscriptionId, isActive);
    await ctx.audit.record(tx, {
      actor,
      action: isActive ? "webhook.enabled" : "webhook.disabled",
      subject: `webhook:${subscriptionId}`,
    });
  });
}

/** @throws AppError webhook.not_found, region.out_of_scope, webhook.not_dead */
export async function resend(
  ctx: WebhookContext,
  deliveryId: string,
  actor: PersonId,
  scope: Scope,
): Promise<void> {
  const [found] = await selectDeliveries(ctx.db, { deliveryId });
  if (!found) throw new AppError("webhook.not_found");
  requireScope(scope, found.region_code);
  if (found.status !== "dead") throw new AppError("webhook.not_dead");
  await ctx.db.transaction().execute(async (tx) => {
    await changeDelivery(tx, deliveryId, { status: "pending", attempts: 0, next_attempt_at: null });
    await ctx.audit.record(tx, {
      actor,
      action: "webhook.resent",
      subject: `webhook-delivery:${deliveryId}`,
    });
  });
}

export function deliveryOf(row: Awaited<ReturnType<typeof selectDeliveries>>[number]): WebhookDelivery {
  return {
    deliveryId: row.delivery_id,
    subscriptionId: row.subscription_id,
    url: row.url,
    eventKind: row.event_kind,
    event: row.event,
    occurredAt: row.occurred_at.toISOString(),
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
    lastStatus: row.last_status,
    lastError: row.last_error,
  };
}
