import { defineAlarmKind } from "../alarm-kind.ts";

export const twoPlaces = defineAlarmKind({
  kind: "two-places",
  severity: "warning",
  title: { zh: "一人两地", en: "One person in two places" },
  raises: {
    zh: "同一焊工两次开机的距离与时间不可能，或同时作业的两台焊机相距过远",
    en: "two starts of one welder are too far apart for the time between, or so are his machines at work",
  },
  clearing: "signal",
  clears: {
    zh: "两台不再同时作业，且一段时间内没有再次发生",
    en: "the two are not at work together, and it did not come again for a while",
  },
  evidence: ["decision", "work-session"],
  told: ["officer", "regulator"],
});
