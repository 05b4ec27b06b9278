import type { Refusal } from "./refusal.ts";

/** What orders for whole regions can refuse. */
export const regionOrderRefusals = {
  "region_order.not_found": {
    status: 404,
    "zh-CN": "没有这条区域指令，请刷新列表",
    en: "There is no such order: reload the list",
  },
  "region_order.needs_second_person": {
    status: 403,
    "zh-CN": "区域指令须由另一人确认，请联系同级或上级值班人员",
    en: "Somebody else must answer this: ask a colleague on duty at your level or above",
  },
  "region_order.not_open": {
    status: 409,
    "zh-CN": "这条指令的状态已经变化，请刷新页面",
    en: "This order has changed meanwhile: reload the page",
  },
  "region_order.lapsed": {
    status: 409,
    "zh-CN": "确认时限已过，请重新提出",
    en: "The time to confirm it is over: ask anew",
  },
  "region_order.asked_already": {
    status: 409,
    "zh-CN": "同一范围已有相同的指令，请打开那条指令处理",
    en: "There is such an order for the same machines already: open that one",
  },
  "machine.locked_by_order": {
    status: 409,
    "zh-CN": "焊机被区域锁定指令锁定，请先解除该指令",
    en: "An order for the whole region locks this machine: lift that order first",
  },
} as const satisfies Record<string, Refusal>;
