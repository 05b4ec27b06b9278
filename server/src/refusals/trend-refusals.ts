import type { Refusal } from "./refusal.ts";

/** What plans of inspections can refuse. */
export const trendRefusals = {
  "inspection_plan.not_found": {
    status: 404,
    "zh-CN": "没有这份检查计划，请刷新列表",
    en: "There is no such plan of inspections: reload the list",
  },
  "inspection_plan.nobody_to_visit": {
    status: 409,
    "zh-CN": "按这些人手和时间排不出检查：没有待检查的企业，或每天的时间不够一次检查，请调整后重试",
    en: "These people and hours leave no visit: no firm waits for one, or a day is too short. Change them and try again",
  },
  "inspection_plan.no_visit": {
    status: 404,
    "zh-CN": "计划里没有这家企业，请刷新页面",
    en: "This firm is not in the plan: reload the page",
  },
  "inspection_plan.reported_already": {
    status: 409,
    "zh-CN": "这家企业的检查结果已经登记，请刷新页面",
    en: "What was found at this firm is reported already: reload the page",
  },
} as const satisfies Record<string, Refusal>;
