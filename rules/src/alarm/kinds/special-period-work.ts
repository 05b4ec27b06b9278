import { defineAlarmKind } from "../alarm-kind.ts";

export const specialPeriodWork = defineAlarmKind({
  kind: "special-period-work",
  severity: "warning",
  title: { zh: "特殊时段作业", en: "Work in a special period" },
  raises: {
    zh: "在重点区域禁止动火的时段，或当地政策的特殊日期作业",
    en: "work while its key area forbids hot work, or on a special day of the region",
  },
  clearing: "signal",
  clears: { zh: "作业结束或时段已过", en: "the work or the period is over" },
  evidence: ["work-session", "key-area"],
  told: ["welder", "officer", "site-owner", "regulator"],
  standsFor: { kinds: ["night-work"], of: "machine" },
});
