import type { Refusal } from "./refusal.ts";

/** What reading the law and setting an enterprise's regime can refuse. */
export const lawRefusals = {
  "law.rule_not_found": {
    status: 404,
    "zh-CN": "这一天没有这条规则，请换一个日期或返回规则表",
    en: "There is no such rule on this day: choose another day or go back to the table",
  },
  "law.enterprise_not_found": {
    status: 404,
    "zh-CN": "没有找到这家单位，请刷新列表",
    en: "There is no such enterprise: reload the list",
  },
} as const satisfies Record<string, Refusal>;
