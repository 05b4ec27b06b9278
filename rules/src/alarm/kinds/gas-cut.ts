import { defineAlarmKind } from "../alarm-kind.ts";

export const gasCut = defineAlarmKind({
  kind: "gas-cut",
  severity: "danger",
  title: { zh: "可燃气体断电", en: "Gas cut" },
  raises: {
    zh: "可燃气体浓度达到断电值，芯片已断电",
    en: "combustible gas reached the cut limit and the chip cut the power",
  },
  clearing: "signal",
  clears: { zh: "浓度回落到预警值的 80% 以下", en: "the gas fell below 80 % of the warning limit" },
  evidence: ["chip-event", "telemetry"],
  told: ["welder", "officer", "site-owner", "station", "regulator"],
  standsFor: { kinds: ["gas-warning", "gas-rising"], of: "machine" },
  limits: { acknowledge: 5, arrive: 20 },
});
