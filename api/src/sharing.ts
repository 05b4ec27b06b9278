import { z } from "zod";
import type { FieldGroup } from "./department-rights.ts";
import { departmentKey } from "./departments.ts";
import { bilingual } from "./language.ts";
import { ogcCollectionId } from "./ogc-features.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { type SharedResource, sharedFields, sharedResource } from "./shared-data.ts";
import { regionCode } from "./sign-in.ts";

const shape = (resource: SharedResource) => z.array(z.enum(sharedFields[resource])).optional();

/** By resource the fields that a client may read; the id always comes with them. */
const clientFields = z
  .object({
    machines: shape("machines"),
    enterprises: shape("enterprises"),
    certificates: shape("certificates"),
    "work-sessions": shape("work-sessions"),
  })
  .meta({ id: "ClientFields" });

export const webhookEventKind = z.enum([
  "work-session.granted",
  "work-session.ended",
  "decision.refused",
  "alarm.raised",
  "alarm.acknowledged",
  "alarm.dispatched",
  "alarm.closed",
]);
export type WebhookEventKind = z.infer<typeof webhookEventKind>;

/** What a department must see the rows of for its programs to be told of an event. */
export const eventGroups = {
  "work-session.granted": "sessions",
  "work-session.ended": "sessions",
  "decision.refused": "decisions",
  "alarm.raised": "alarms",
  "alarm.acknowledged": "alarms",
  "alarm.dispatched": "alarms",
  "alarm.closed": "alarms",
} as const satisfies Record<WebhookEventKind, FieldGroup>;

export const apiClient = z
  .object({
    clientId: z.uuid(),
    name: z.string(),
    department: departmentKey,
    departmentName: z.object({ zh: z.string(), en: z.string() }),
    region: regionCode,
    regionName: z.string(),
    /** As registered; those that the department may not see any more are not read. */
    fields: z.partialRecord(sharedResource, z.array(z.string())),
    /** Collections of OGC API Features, as registered; bounded by the department in the same way. */
    layers: z.array(ogcCollectionId),
    /** Whether it may ask statistics, of what its department sees as counts. */
    mayCount: z.boolean(),
    requestsPerMinute: z.int(),
    isActive: z.boolean(),
    createdAt: z.iso.datetime(),
    /** When each of its valid secrets was made, newest first; at most two. */
    secretsFrom: z.array(z.iso.datetime()),
  })
  .meta({ id: "ApiClient" });
export type ApiClientView = z.infer<typeof apiClient>;

/** The only time that the secret is told. */
const madeSecret = z.object({ clientId: z.uuid(), secret: z.string() }).meta({ id: "MadeSecret" });

export const webhookSubscription = z
  .object({
    subscriptionId: z.uuid(),
    clientId: z.uuid(),
    clientName: z.string(),
    url: z.string(),
    eventKinds: z.array(z.string()),
    isActive: z.boolean(),
    createdAt: z.iso.datetime(),
    pending: z.int(),
    dead: z.int(),
  })
  .meta({ id: "WebhookSubscription" });
export type WebhookSubscription = z.infer<typeof webhookSubscription>;

export const deliveryStatus = z.enum(["pending", "delivered", "dead"]);

/** What a webhook says of an alarm; never of people. */
export const webhookAlarm = z
  .object({
    kind: z.string(),
    severity: z.string(),
    /** How far people were with it: closed, false-alarm or merged at its end. */
    handling: z.string(),
    region: z.string(),
    machineId: z.uuid().nullable(),
    /** dispatched: to which department. */
    department: z.string().nullable(),
  })
  .meta({ id: "WebhookAlarm" });
export type WebhookAlarm = z.infer<typeof webhookAlarm>;

export const webhookDelivery = z
  .object({
    deliveryId: z.uuid(),
    subscriptionId: z.uuid(),
    url: z.string(),
    /** Its place among the subscription's events. */
    sequence: z.int(),
    eventKind: z.string(),
    event: z.object({ resource: z.string(), id: z.string(), alarm: webhookAlarm.optional() }),
    occurredAt: z.iso.datetime(),
    status: deliveryStatus,
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    lastAttemptAt: z.iso.datetime().nullable(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

const clientParams = z.object({ clientId: z.uuid() });
const noContent = z.null().meta({ description: "No content" });
const shortText = z.string().trim().min(2).max(100);

export const sharingRoutes = {
  listApiClients: defineRoute({
    method: "GET",
    path: "/api/sharing/clients",
    tag: "sharing",
    summary: "Departments' programs within the caller's regions",
    query: z.object({ ...pageQuery, text: z.string().trim().max(100).optional() }),
    answers: { 200: pageOf(apiClient) },
    refusals: [401, 403],
  }),
  createApiClient: defineRoute({
    method: "POST",
    path: "/api/sharing/clients",
    tag: "sharing",
    summary: "Register a department's program; its secret is shown this once",
    body: z.object({
      name: shortText,
      department: departmentKey,
      region: regionCode,
      fields: clientFields,
      layers: z.array(ogcCollectionId).max(ogcCollectionId.options.length).default([]),
      mayCount: z.boolean().default(false),
      requestsPerMinute: z.int().min(1).max(6000).default(60),
    }),
    answers: { 201: madeSecret },
    refusals: [401, 403, 404],
  }),
  rotateSecret: defineRoute({
    method: "POST",
    path: "/api/sharing/clients/:clientId/secrets",
    tag: "sharing",
    summary: "Make a new secret; the newest before it stays valid, older ones end",
    params: clientParams,
    answers: { 201: madeSecret },
    refusals: [401, 403, 404],
  }),
  setClientActive: defineRoute({
    method: "PUT",
    path: "/api/sharing/clients/:clientId/active",
    tag: "sharing",
    summary: "Disable a client, with its tokens, at once; or enable it again",
    params: clientParams,
    body: z.object({ isActive: z.boolean() }),
    answers: { 204: noContent },
    refusals: [401, 403, 404],
  }),
  listWebhooks: defineRoute({
    method: "GET",
    path: "/api/sharing/webhooks",
    tag: "sharing",
    summary: "Webhook subscriptions within the caller's regions",
    query: z.object(pageQuery),
    answers: { 200: pageOf(webhookSubscription) },
    refusals: [401, 403],
  }),
  createWebhook: defineRoute({
    method: "POST",
    path: "/api/sharing/webhooks",
    tag: "sharing",
    summary: "Have events of a client's region posted to an https address",
    body: z.object({
      clientId: z.uuid(),
      url: z.url({ error: bilingual("应为完整网址", "write a full address") }).max(500),
      eventKinds: z.array(webhookEventKind).min(1).max(10),
    }),
    answers: { 201: z.object({ subscriptionId: z.uuid() }) },
    refusals: [401, 403, 404],
  }),
  setWebhookActive: defineRoute({
    method: "PUT",
    path: "/api/sharing/webhooks/:subscriptionId/active",
    tag: "sharing",
    summary: "Stop a subscription, or start it again",
    params: z.object({ subscriptionId: z.uuid() }),
    body: z.object({ isActive: z.boolean() }),
    answers: { 204: noContent },
    refusals: [401, 403, 404],
  }),
  listDeliveries: defineRoute({
    method: "GET",
    path: "/api/sharing/deliveries",
    tag: "sharing",
    summary: "What was sent to subscribers and what came of it, newest first",
    query: z.object({
      ...pageQuery,
      status: deliveryStatus.optional(),
      subscriptionId: z.uuid().optional(),
    }),
    answers: { 200: pageOf(webhookDelivery) },
    refusals: [401, 403],
  }),
  resendDelivery: defineRoute({
    method: "POST",
    path: "/api/sharing/deliveries/:deliveryId/resend",
    tag: "sharing",
    summary: "Try a given-up delivery again from the start",
    params: z.object({ deliveryId: z.uuid() }),
    answers: { 204: noContent },
    refusals: [401, 403, 404, 409],
  }),
};
