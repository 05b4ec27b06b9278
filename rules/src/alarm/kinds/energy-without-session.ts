import { defineAlarmKind } from "../alarm-kind.ts";

export const energyWithoutSession = defineAlarmKind({
  kind: "energy-without-session",
  severity: "danger",
  title: { zh: "无授权通电", en: "Energy without session" },
  raises: {
    zh: "芯片通电，但平台没有对应的有效作业",
    en: "the chip closed its relay and the platform has no such open work session",
  },
  clearing: "inspection",
  clears: { zh: "现场检查核实后解除", en: "only an inspection at the machine, verified" },
  evidence: ["chip-event"],
  told: ["officer", "station", "regulator"],
  limits: { arrive: 30 },
});
