import { z } from "zod";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";

/** How much it matters: danger goes through quiet hours and limits. */
export const messageSeverity = z.enum(["notice", "warning", "danger"]);
export type MessageSeverity = z.infer<typeof messageSeverity>;

/** Ways out of the app; inside it every message is shown anyway. */
export const messageChannel = z.enum(["push", "sms", "voice", "email"]);
export type MessageChannel = z.infer<typeof messageChannel>;

/** What a message is about, roughly. */
export const messageTopic = z.enum([
  "alarm",
  "rectification",
  "credit",
  "station-call",
  "duty",
  "region-order",
  "report",
  "digest",
]);
export type MessageTopic = z.infer<typeof messageTopic>;

/** What the platform tells one person, with the text in the caller's language. */
export const message = z
  .object({
    messageId: z.uuid(),
    topic: messageTopic,
    severity: messageSeverity,
    /** What it is about: `alarm` and its id, say. */
    subject: z.object({ kind: z.string(), id: z.string() }),
    title: z.string(),
    body: z.string(),
    createdAt: z.iso.datetime(),
    openedAt: z.iso.datetime().nullable(),
    acknowledgedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof message>;

export const messageDelivery = z
  .object({
    channel: messageChannel,
    /** not-needed: acknowledged before it went out. */
    status: z.enum(["waiting", "sent", "given-up", "not-needed"]),
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(),
    /** A code: the provider's own, or what failed. */
    lastError: z.string().nullable(),
  })
  .meta({ id: "MessageDelivery" });
export type MessageDelivery = z.infer<typeof messageDelivery>;

/** A message as staff see it: to whom, and how it went out. */
export const toldMessage = message
  .extend({
    /** Masked. */
    personName: z.string(),
    /** waiting: not decided yet, or held by quiet hours; gathered: a digest or an earlier message stands for it. */
    stage: z.enum(["waiting", "gathered", "in-app", "out"]),
    deliveries: z.array(messageDelivery),
  })
  .meta({ id: "ToldMessage" });
export type ToldMessage = z.infer<typeof toldMessage>;

const params = z.object({ messageId: z.uuid() });
const noContent = { 204: z.null().meta({ description: "No content" }) };

/**
 * The WebSocket that says `{"type":"messages"}` whenever the person who is signed in has a new message: the page then asks
 * for its list. It says nothing else and listens to nothing.
 */
export const MESSAGE_NEWS_PATH = "/api/me/message-news";

export const messageRoutes = {
  listMessages: defineRoute({
    method: "GET",
    path: "/api/me/messages",
    tag: "messages",
    summary: "The caller's messages, the latest first, with how many are not opened",
    query: z.object({
      ...pageQuery,
      /** Only those that wait for the caller's acknowledgement. */
      isOpen: z.stringbool().default(false),
    }),
    answers: { 200: pageOf(message).extend({ unopened: z.int() }) },
    refusals: [401],
  }),
  getMessage: defineRoute({
    method: "GET",
    path: "/api/me/messages/:messageId",
    tag: "messages",
    summary: "One message of the caller's",
    params,
    answers: { 200: message },
    refusals: [401, 404],
  }),
  openMessages: defineRoute({
    method: "POST",
    path: "/api/me/messages/opened",
    tag: "messages",
    summary: "The caller has seen these messages",
    body: z.object({ messageIds: z.array(z.uuid()).max(200) }),
    answers: noContent,
    refusals: [401],
  }),
  acknowledgeMessage: defineRoute({
    method: "POST",
    path: "/api/me/messages/:messageId/acknowledgement",
    tag: "messages",
    summary: "The caller knows: what has not gone out yet does not go out",
    params,
    answers: noContent,
    refusals: [401, 404],
  }),
  listToldMessages: defineRoute({
    method: "GET",
    path: "/api/messages",
    tag: "messages",
    summary: "Messages to people within the caller's regions and how each went out, the latest first",
    query: z.object({
      ...pageQuery,
      severity: messageSeverity.optional(),
      topic: messageTopic.optional(),
      subjectKind: z.string().max(40).optional(),
      subjectId: z.string().max(80).optional(),
      /** failed: a delivery was given up; open: not acknowledged. */
      state: z.enum(["failed", "open"]).optional(),
    }),
    answers: { 200: pageOf(toldMessage) },
    refusals: [401, 403],
  }),
};
