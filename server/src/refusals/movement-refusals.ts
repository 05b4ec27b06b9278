import type { Refusal } from "./refusal.ts";

/** What the classification of machines and welders can refuse. */
export const movementRefusals = {
  "movement.not_overridden": {
    status: 409,
    "zh-CN": "这台焊机没有人工认定，无需撤销；请刷新页面",
    en: "Nobody has set this machine by hand, so there is nothing to clear: reload the page",
  },
} as const satisfies Record<string, Refusal>;
