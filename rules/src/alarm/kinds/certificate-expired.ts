import { defineAlarmKind } from "../alarm-kind.ts";

export const certificateExpired = defineAlarmKind({
  kind: "certificate-expired",
  severity: "warning",
  title: { zh: "持过期证开机", en: "Start with an expired certificate" },
  raises: {
    zh: "操作证不在有效期内仍扫码开机，已拒绝",
    en: "a start was refused because the certificate was not valid on the day",
  },
  clearing: "quiet",
  clears: { zh: "一段时间内没有再次发生", en: "it did not come again for a while" },
  evidence: ["decision", "certificate"],
  told: ["welder", "officer", "regulator"],
});
