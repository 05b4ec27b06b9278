import { defineAlarmKind } from "../alarm-kind.ts";

export const overHours = defineAlarmKind({
  kind: "over-hours",
  severity: "warning",
  title: { zh: "当日工时超限", en: "Too many hours in a day" },
  raises: {
    zh: "焊工当日作业时间或电弧时间超过政策小时数，仍在作业",
    en: "a welder has worked, or welded, more hours on this day than the policy says, and goes on",
  },
  clearing: "signal",
  clears: { zh: "作业结束，或新的一天开始", en: "the work has ended, or the next day has begun" },
  evidence: ["work-session"],
  told: ["welder", "officer"],
  standsFor: { kinds: ["over-time"], of: "welder" },
});
