import { defineAlarmKind } from "../alarm-kind.ts";

export const clockStepped = defineAlarmKind({
  kind: "clock-stepped",
  severity: "notice",
  title: { zh: "时钟跳变", en: "Clock stepped" },
  raises: { zh: "芯片时钟与校验时间不符而跳变", en: "the chip's clock was stepped against verified time" },
  clearing: "quiet",
  clears: { zh: "一段时间内没有再次发生", en: "it did not come again for a while" },
  evidence: ["chip-event"],
  told: ["officer"],
});
