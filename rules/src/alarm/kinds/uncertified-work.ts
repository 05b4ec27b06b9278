import { defineAlarmKind } from "../alarm-kind.ts";

export const uncertifiedWork = defineAlarmKind({
  kind: "uncertified-work",
  severity: "warning",
  title: { zh: "作业中证书失效", en: "Certificate lost at work" },
  raises: {
    zh: "正在作业的焊工，没有对该焊机有效的操作证",
    en: "a welder at work has no certificate any more that counts for the machine",
  },
  clearing: "signal",
  clears: { zh: "作业结束或证书恢复有效", en: "the work has ended, or a certificate counts again" },
  evidence: ["work-session", "certificate"],
  told: ["welder", "officer", "regulator"],
});
