import { defineAlarmKind } from "../alarm-kind.ts";

export const chipsUnreachable = defineAlarmKind({
  kind: "chips-unreachable",
  severity: "danger",
  title: { zh: "大面积失联", en: "Chips unreachable" },
  raises: {
    zh: "作业中的芯片过半同时没有消息（至少 10 个），通常是消息服务或网络中断",
    en: "at least ten chips at work, and half of all, fell silent together: the broker or the network is down",
  },
  clearing: "signal",
  clears: { zh: "多数芯片恢复联系", en: "most of them are heard again" },
  evidence: ["work-session"],
  told: ["regulator"],
});
