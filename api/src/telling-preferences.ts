import { z } from "zod";
import { bilingual, language } from "./language.ts";
import { messageChannel, type messageSeverity } from "./messages.ts";
import { defineRoute } from "./route.ts";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: bilingual("时间写作 22:00", "Write a time as 22:00"),
});
const channels = z.array(messageChannel).max(messageChannel.options.length);

/** How a person wants to be told; local times, Asia/Shanghai. */
export const tellingPreferencesBody = z
  .object({
    channels: z.object({
      notice: channels,
      warning: channels,
      danger: channels.min(1, {
        error: bilingual("危险类消息至少保留一种方式", "Keep at least one way for dangers"),
      }),
    } satisfies Record<z.infer<typeof messageSeverity>, unknown>),
    /** What is no danger waits until they end; null: none. */
    quiet: z.object({ from: timeOfDay, until: timeOfDay }).nullable(),
    language,
  })
  .meta({ id: "TellingPreferences" });
export type TellingPreferencesBody = z.infer<typeof tellingPreferencesBody>;

export const pushDevice = z.object({
  pushSubscriptionId: z.uuid(),
  device: z.string(),
  createdAt: z.iso.datetime(),
});

export const tellingSettings = z
  .object({
    preferences: tellingPreferencesBody,
    /** Channels that this platform has. */
    available: z.array(messageChannel),
    /** Whether a phone is known to ring or write to. */
    hasPhone: z.boolean(),
    /** Masked. */
    email: z.object({ address: z.string(), isConfirmed: z.boolean() }).nullable(),
    pushDevices: z.array(pushDevice),
    /** What a browser subscribes with (RFC 8292 §3.2), base64url; null: push is off. */
    pushPublicKey: z.string().nullable(),
  })
  .meta({ id: "TellingSettings" });
export type TellingSettings = z.infer<typeof tellingSettings>;

/** `PushSubscription.toJSON()` of a browser. */
const subscription = z.object({
  endpoint: z.url({ error: bilingual("推送地址无效", "The push address is not valid") }).max(2_000),
  keys: z.object({
    /** 65 bytes: an uncompressed point of P-256. */
    p256dh: z.string().regex(/^[A-Za-z0-9_-]{86,88}=*$/, {
      error: bilingual("推送公钥无效", "The push key is not valid"),
    }),
    /** 16 bytes. */
    auth: z.string().regex(/^[A-Za-z0-9_-]{22,24}=*$/, {
      error: bilingual("推送密钥无效", "The push secret is not valid"),
    }),
  }),
});

const answers = { 200: tellingSettings };
const noContent = { 204: z.null().meta({ description: "No content" }) };

export const tellingRoutes = {
  getTellingSettings: defineRoute({
    method: "GET",
    path: "/api/me/telling",
    tag: "messages",
    summary: "How the caller is told: channels by severity, quiet hours, browsers, address",
    answers,
    refusals: [401],
  }),
  putTellingPreferences: defineRoute({
    method: "PUT",
    path: "/api/me/telling/preferences",
    tag: "messages",
    summary: "Chooses channels by severity, quiet hours and language",
    body: tellingPreferencesBody,
    answers,
    refusals: [401],
  }),
  subscribePush: defineRoute({
    method: "POST",
    path: "/api/me/push-subscriptions",
    tag: "messages",
    summary: "This browser wants to be told; subscribing again changes nothing",
    body: subscription,
    answers,
    refusals: [401, 409],
  }),
  unsubscribePush: defineRoute({
    method: "DELETE",
    path: "/api/me/push-subscriptions/:pushSubscriptionId",
    tag: "messages",
    summary: "That browser is told no more",
    params: z.object({ pushSubscriptionId: z.uuid() }),
    answers: noContent,
    refusals: [401],
  }),
  setEmail: defineRoute({
    method: "PUT",
    path: "/api/me/email",
    tag: "messages",
    summary: "An address to be told at; a code goes there, and it counts once the code is given back",
    body: z.object({
      address: z
        .email({ error: bilingual("邮箱地址无效", "The address is not valid") })
        .max(200, { error: bilingual("最多 200 个字符", "At most 200 characters") }),
    }),
    answers,
    refusals: [401, 409],
  }),
  confirmEmail: defineRoute({
    method: "POST",
    path: "/api/me/email/confirmation",
    tag: "messages",
    summary: "Gives back the code that came by mail",
    body: z.object({
      code: z.string().regex(/^\d{6}$/, {
        error: bilingual("验证码为 6 位数字", "The code has 6 digits"),
      }),
    }),
    answers,
    refusals: [401, 409],
  }),
  removeEmail: defineRoute({
    method: "DELETE",
    path: "/api/me/email",
    tag: "messages",
    summary: "No mail any more",
    answers: noContent,
    refusals: [401],
  }),
};
