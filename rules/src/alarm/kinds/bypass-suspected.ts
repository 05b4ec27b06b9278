import { defineAlarmKind } from "../alarm-kind.ts";

export const bypassSuspected = defineAlarmKind({
  kind: "bypass-suspected",
  severity: "danger",
  title: { zh: "疑似旁路", en: "Bypass suspected" },
  raises: { zh: "继电器断开时仍有焊接电流", en: "welding current while the relay is open" },
  clearing: "inspection",
  clears: { zh: "现场检查核实后解除", en: "only an inspection at the machine, verified" },
  evidence: ["chip-event", "telemetry"],
  told: ["officer", "station", "regulator"],
  limits: { arrive: 30 },
});
