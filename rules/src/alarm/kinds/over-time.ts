import { defineAlarmKind } from "../alarm-kind.ts";

export const overTime = defineAlarmKind({
  kind: "over-time",
  severity: "notice",
  title: { zh: "单次作业超时", en: "Long session" },
  raises: {
    zh: "一次作业的通电时间超过政策小时数",
    en: "one work session has been under power for longer than the policy says",
  },
  clearing: "signal",
  clears: { zh: "作业结束", en: "the work has ended" },
  evidence: ["work-session"],
  told: ["welder", "officer"],
});
