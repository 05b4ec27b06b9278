import { defineAlarmKind } from "../alarm-kind.ts";

export const farScan = defineAlarmKind({
  kind: "far-scan",
  severity: "warning",
  title: { zh: "远距离扫码", en: "Scan from afar" },
  raises: {
    zh: "手机离焊机超过政策距离仍扫码开机，已拒绝",
    en: "a start was refused because the phone was farther from the machine than the policy allows",
  },
  clearing: "quiet",
  clears: { zh: "一段时间内没有再次发生", en: "it did not come again for a while" },
  evidence: ["decision"],
  told: ["officer", "regulator"],
});
