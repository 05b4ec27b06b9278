import { defineAlarmKind } from "../alarm-kind.ts";

export const temperature = defineAlarmKind({
  kind: "temperature",
  severity: "warning",
  title: { zh: "温度过高", en: "Temperature too high" },
  raises: { zh: "芯片测得温度达到政策限值", en: "the chip measured at least the policy's temperature" },
  clearing: "signal",
  clears: { zh: "温度回落到限值以下 10 ℃", en: "the temperature fell 10 °C below the limit" },
  evidence: ["telemetry"],
  told: ["welder", "officer"],
});
