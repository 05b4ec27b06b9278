import { defineAlarmKind } from "../alarm-kind.ts";

export const simultaneousWork = defineAlarmKind({
  kind: "simultaneous-work",
  severity: "danger",
  title: { zh: "作业冲突", en: "Works too near each other" },
  raises: { zh: "动火与其他不相容作业距离过近", en: "hot work goes on too near another work" },
  clearing: "signal",
  clears: { zh: "其中一项结束或相距足够远", en: "one of the two has ended, or they are apart" },
  evidence: ["work-conflict"],
  told: ["officer", "site-owner", "station"],
});
