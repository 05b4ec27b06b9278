import { defineAlarmKind } from "../alarm-kind.ts";

export const chipFaulted = defineAlarmKind({
  kind: "chip-faulted",
  severity: "warning",
  title: { zh: "芯片故障", en: "Chip faulted" },
  raises: { zh: "芯片报告故障并不再允许开机", en: "the chip reported a fault and allows no start" },
  clearing: "signal",
  clears: { zh: "芯片报告故障排除", en: "the chip reports the fault gone" },
  evidence: ["chip-event"],
  told: ["officer", "regulator"],
});
