import { defineAlarmKind } from "../alarm-kind.ts";

export const bypassSuspected = defineAlarmKind({
  kind: "bypass-suspected",
  severity: "danger",
  title: { zh: "疑似旁路", en: "Bypass suspected" },
  raises: {
    zh: "继电器断开或芯片断电时仍有焊接电流或用电",
    en: "current or energy while the relay is open or the chip has no power",
  },
  clearing: "inspection",
  clears: { zh: "现场检查核实后解除", en: "only an inspection at the machine, verified" },
  evidence: ["chip-event", "telemetry"],
  told: ["officer", "station", "regulator"],
  limits: { arrive: 30 },
});
