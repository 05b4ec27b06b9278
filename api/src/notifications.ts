import { z } from "zod";
import { defineRoute } from "./route.ts";

/** What the platform tells a person; `data` fills in the words of each kind. */
export const notificationKind = z.enum([
  "certificate-verified",
  "certificate-rejected",
  "certificate-standing",
  "certificate-expiring",
  "certificate-review-due",
  "work-stopped",
  /** `what` is a piece of news of the clearance's state machine. */
  "clearance",
  "station-called",
  /** `what`: raised or cleared. */
  "work-conflict",
  "key-area-entered",
  "key-area-work-ends",
  "key-area-work-forbidden",
  /** `what`: raised, raised-again, cleared, escalated or dispatched; `titleZh` and `titleEn` name the alarm. */
  "alarm",
]);
export type NotificationKind = z.infer<typeof notificationKind>;

export const notification = z
  .object({
    notificationId: z.uuid(),
    kind: notificationKind,
    data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    createdAt: z.iso.datetime(),
    isRead: z.boolean(),
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof notification>;

export const notificationRoutes = {
  listNotifications: defineRoute({
    method: "GET",
    path: "/api/me/notifications",
    tag: "notifications",
    summary: "The caller's latest notices, newest first, with how many are unread",
    answers: { 200: z.object({ notifications: z.array(notification), unread: z.int() }) },
    refusals: [401],
  }),
  readNotifications: defineRoute({
    method: "POST",
    path: "/api/me/notifications/read",
    tag: "notifications",
    summary: "The caller has read these notices",
    body: z.object({ notificationIds: z.array(z.uuid()).max(200) }),
    answers: { 204: z.null().meta({ description: "No content" }) },
    refusals: [401],
  }),
};
