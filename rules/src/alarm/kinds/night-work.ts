import { defineAlarmKind } from "../alarm-kind.ts";

export const nightWork = defineAlarmKind({
  kind: "night-work",
  severity: "notice",
  title: { zh: "夜间作业", en: "Work at night" },
  raises: {
    zh: "在政策规定的夜间时段作业，且当地政策要求关注",
    en: "work in the hours of the night where the policy watches it",
  },
  clearing: "signal",
  clears: { zh: "作业结束或夜间时段已过", en: "the work or the night is over" },
  evidence: ["work-session"],
  told: ["officer", "regulator"],
});
