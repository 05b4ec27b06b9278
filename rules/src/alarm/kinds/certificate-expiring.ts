import { defineAlarmKind } from "../alarm-kind.ts";

export const certificateExpiring = defineAlarmKind({
  kind: "certificate-expiring",
  severity: "notice",
  title: { zh: "操作证即将到期", en: "Certificate about to expire" },
  raises: {
    zh: "近期仍在作业的焊工，操作证临近到期或复审日",
    en: "the certificate of a welder who works, or its review, ends within the days of the policy",
  },
  clearing: "signal",
  clears: { zh: "已换证、已复审或已到期", en: "it was renewed or reviewed, or its last day has passed" },
  evidence: ["certificate"],
  told: ["welder", "officer"],
});
