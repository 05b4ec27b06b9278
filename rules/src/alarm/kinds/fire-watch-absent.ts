import { defineAlarmKind } from "../alarm-kind.ts";

export const fireWatchAbsent = defineAlarmKind({
  kind: "fire-watch-absent",
  severity: "danger",
  title: { zh: "监护人脱岗", en: "Fire watch absent" },
  raises: {
    zh: "动火作业进行中，监护人离开或不应答",
    en: "the fire watch left, or does not answer, while hot work goes on",
  },
  clearing: "signal",
  clears: { zh: "监护人返回、更换或作业结束", en: "the watch is back or relieved, or the work has ended" },
  evidence: ["clearance"],
  told: ["welder", "officer", "site-owner", "station", "regulator"],
  limits: { acknowledge: 5 },
});
