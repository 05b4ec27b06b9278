import { defineAlarmKind } from "../alarm-kind.ts";

export const sceneFailedTwice = defineAlarmKind({
  kind: "scene-failed-twice",
  severity: "warning",
  title: { zh: "现场核查多次未通过", en: "Scene failed again" },
  raises: {
    zh: "现场核查未通过达到政策次数，已呼叫消防站",
    en: "the scene failed its check as often as the policy allows, and the station was called",
  },
  clearing: "signal",
  clears: {
    zh: "消防站放行或禁止，或动火许可已结束",
    en: "the station releases or forbids, or the clearance has ended",
  },
  evidence: ["clearance"],
  told: ["officer", "site-owner", "regulator"],
  limits: { acknowledge: 15 },
});
