import { defineAlarmKind } from "../alarm-kind.ts";

export const repeatedRefusals = defineAlarmKind({
  kind: "repeated-refusals",
  severity: "warning",
  title: { zh: "多次被拒", en: "Repeated refusals" },
  raises: {
    zh: "同一焊工在短时间内多次开机被拒",
    en: "starts of one welder were refused again and again within a short time",
  },
  clearing: "quiet",
  clears: { zh: "一段时间内没有再次发生", en: "it did not come again for a while" },
  evidence: ["decision"],
  told: ["officer", "regulator"],
});
