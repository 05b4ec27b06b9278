import { defineAlarmKind } from "../alarm-kind.ts";

export const gasRising = defineAlarmKind({
  kind: "gas-rising",
  severity: "warning",
  title: { zh: "可燃气体上升", en: "Gas is rising" },
  raises: {
    zh: "可燃气体浓度持续上升，预计不久达到预警值",
    en: "combustible gas rises steadily and will soon reach the warning limit",
  },
  clearing: "signal",
  clears: {
    zh: "浓度不再上升，或已达到预警值（由可燃气体预警接续）",
    en: "it rises no more, or the limit is reached and the gas warning takes over",
  },
  evidence: ["telemetry"],
  told: ["welder", "officer", "site-owner"],
});
