import { defineAlarmKind } from "../alarm-kind.ts";

export const gasWarning = defineAlarmKind({
  kind: "gas-warning",
  severity: "warning",
  title: { zh: "可燃气体预警", en: "Gas warning" },
  raises: { zh: "可燃气体浓度达到预警值", en: "combustible gas reached the warning limit" },
  clearing: "signal",
  clears: { zh: "浓度回落到预警值的 80% 以下", en: "the gas fell below 80 % of the limit" },
  evidence: ["chip-event", "telemetry"],
  told: ["welder", "officer", "site-owner", "station"],
  standsFor: { kinds: ["gas-rising"], of: "machine" },
});
