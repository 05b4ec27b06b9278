import type { Refusal } from "./refusal.ts";

/** What reading the law, setting an enterprise's regime and a region's policy can refuse. */
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
  "what_if.no_rule": {
    status: 400,
    "zh-CN": "没有这条开机规则，请从列表里选",
    en: "There is no such rule of a start: choose from the list",
  },
  "what_if.invalid": {
    status: 400,
    "zh-CN": "有的数值不对，请按提示改正",
    en: "Some numbers are wrong: correct them as marked",
  },
  "region_policy.no_region": {
    status: 404,
    "zh-CN": "没有这个行政区划，请检查代码",
    en: "There is no such region: check the code",
  },
  "region_policy.invalid": {
    status: 400,
    "zh-CN": "有的政策值不对，请按提示改正",
    en: "Some values of the policy are wrong: correct them as marked",
  },
  "region_policy.changed_meanwhile": {
    status: 409,
    "zh-CN": "别人刚刚改了这个区域的政策，请刷新后再改",
    en: "Somebody has just changed this region's policy: reload and change it again",
  },
} as const satisfies Record<string, Refusal>;
