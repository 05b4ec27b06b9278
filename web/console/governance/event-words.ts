import type { WebhookEventKind } from "@hanyouxu/api";

/** How each kind of event is called. */
export const EVENT_WORDS = {
  "work-session.granted": "console.sharing.event.granted",
  "work-session.ended": "console.sharing.event.ended",
  "decision.refused": "console.sharing.event.refused",
  "alarm.raised": "console.sharing.event.alarm",
  "alarm.acknowledged": "console.sharing.event.alarmAcknowledged",
  "alarm.dispatched": "console.sharing.event.alarmDispatched",
  "alarm.closed": "console.sharing.event.alarmClosed",
} as const satisfies Record<WebhookEventKind, string>;
