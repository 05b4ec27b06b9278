import { defineAlarmKind } from "../alarm-kind.ts";

export const eventGap = defineAlarmKind({
  kind: "event-gap",
  severity: "warning",
  title: { zh: "事件记录缺失", en: "Event log gap" },
  raises: { zh: "芯片事件链缺失或对不上", en: "events of the chip's chain are missing or do not fit" },
  clearing: "inspection",
  clears: { zh: "检查芯片并核实后解除", en: "only an inspection of the chip, verified" },
  evidence: ["chip-event"],
  told: ["regulator"],
});
