import type { Refusal } from "./refusal.ts";

/** What statistics can refuse. */
export const statisticsRefusals = {
  "statistics_view.not_found": {
    status: 404,
    "zh-CN": "没有这个统计视图，或它不是您的，请刷新列表",
    en: "There is no such view, or it is not yours: reload the list",
  },
  "statistics_view.name_taken": {
    status: 409,
    "zh-CN": "您已有同名的统计视图，请换一个名称",
    en: "You keep a view of this name already: choose another name",
  },
} as const satisfies Record<string, Refusal>;
