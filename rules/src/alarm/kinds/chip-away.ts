import { defineAlarmKind } from "../alarm-kind.ts";

export const chipAway = defineAlarmKind({
  kind: "chip-away",
  severity: "notice",
  title: { zh: "芯片长时间失联", en: "Chip away" },
  raises: {
    zh: "未作业的在用焊机，芯片在工作时间内超过政策小时数没有消息",
    en: "the chip of a machine in service, not at work, was not heard for the policy's hours of working time",
  },
  clearing: "signal",
  clears: {
    zh: "芯片恢复联系，或焊机已停用",
    en: "the chip is heard again, or the machine is out of service",
  },
  evidence: ["chip-event"],
  told: ["officer"],
});
