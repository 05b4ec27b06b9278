import { eventGroups, type WebhookDelivery, type WebhookEventKind } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { mayPostTo } from "../../outbound/post-webhook.ts";
import {
  requireClient,
  requireDepartmentSight,
  requireReach,
  type SharingReach,
} from "../sharing/sharing.ts";
import {
  changeDelivery,
  findSubscription,
  insertSubscription,
  selectDeliveries,
  setSubscriptionActive,
} from "./queries.ts";

type WebhookContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "config">;

export { deliverWebhooks } from "./deliver.ts";
export { forgetDeliveries } from "./forget.ts";
export { tellSubscribers } from "./tell.ts";

export interface NewWebhook {
  clientId: string;
  url: string;
  eventKinds: readonly WebhookEventKind[];
}

/**
 * @throws AppError api_client.not_found, region.out_of_scope, api_client.other_department,
 *   api_client.beyond_department, webhook.address_refused
 */
export async function subscribe(
  ctx: WebhookContext,
  webhook: NewWebhook,
  actor: PersonId,
  reach: SharingReach,
) {
  const { rights } = await requireClient(ctx, webhook.clientId, reach);
  requireDepartmentSight(
    webhook.eventKinds.map((kind) => eventGroups[kind]),
    rights,
  );
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

/** @throws AppError webhook.not_found, region.out_of_scope, api_client.other_department */
export async function setWebhookActive(
  ctx: WebhookContext,
  subscriptionId: string,
  isActive: boolean,
  actor: PersonId,
  reach: SharingReach,
): Promise<void> {
  const found = await findSubscription(ctx.db, subscriptionId);
  if (!found) throw new AppError("webhook.not_found");
  requireReach(reach, { region: found.region_code, department: found.department_key });
  await ctx.db.transaction().execute(async (tx) => {
    await setSubscriptionActive(tx, subscriptionId, isActive);
    await ctx.audit.record(tx, {
      actor,
      action: isActive ? "webhook.enabled" : "webhook.disabled",
      subject: `webhook:${subscriptionId}`,
    });
  });
}

/** @throws AppError webhook.not_found, region.out_of_scope, api_client.other_department, webhook.not_dead */
export async function resend(
  ctx: WebhookContext,
  deliveryId: string,
  actor: PersonId,
  reach: SharingReach,
): Promise<void> {
  const [found] = await selectDeliveries(ctx.db, { deliveryId });
  if (!found) throw new AppError("webhook.not_found");
  requireReach(reach, { region: found.region_code, department: found.department_key });
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
    sequence: row.sequence,
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
