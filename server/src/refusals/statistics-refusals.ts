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
  "report_schedule.not_found": {
    status: 404,
    "zh-CN": "没有这个月报，或它不是您的，请刷新列表",
    en: "There is no such monthly report, or it is not yours: reload the list",
  },
  "report_schedule.made_already": {
    status: 409,
    "zh-CN": "上个月的月报已经生成，请在列表中下载",
    en: "Last month's report is made already: download it from the list",
  },
  "figure_subscription.not_found": {
    status: 404,
    "zh-CN": "没有这个关注，或它不是您的，请刷新列表",
    en: "There is no such subscription, or it is not yours: reload the list",
  },
  "figure_subscription.too_many": {
    status: 409,
    "zh-CN": "关注的数字过多，请先停止不需要的",
    en: "You follow too many figures: end some first",
  },
  "statistics_report.not_found": {
    status: 404,
    "zh-CN": "没有这份报告，或不是发给您的，请刷新列表",
    en: "There is no such report, or it is not for you: reload the list",
  },
} as const satisfies Record<string, Refusal>;
