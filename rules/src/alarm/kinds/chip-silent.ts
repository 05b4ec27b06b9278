import { defineAlarmKind } from "../alarm-kind.ts";

export const chipSilent = defineAlarmKind({
  kind: "chip-silent",
  severity: "warning",
  title: { zh: "作业中芯片失联", en: "Chip silent at work" },
  raises: {
    zh: "焊机作业中，芯片超过政策时间没有消息",
    en: "the chip of a machine at work was not heard for the policy's time",
  },
  clearing: "signal",
  clears: { zh: "芯片恢复联系或作业已结束", en: "the chip is heard again, or the work has ended" },
  evidence: ["work-session"],
  told: ["officer", "regulator"],
});
