import { defineAlarmKind } from "../alarm-kind.ts";

export const forgedCodes = defineAlarmKind({
  kind: "forged-codes",
  severity: "warning",
  title: { zh: "频繁扫描伪造或作废的码", en: "Forged codes" },
  raises: {
    zh: "同一人或同一个码在短时间内多次扫到伪造或已作废的码",
    en: "forged or void codes were scanned again and again by one person, or one such code by several",
  },
  clearing: "quiet",
  clears: { zh: "一段时间内没有再次发生", en: "it did not come again for a while" },
  evidence: ["refused-code"],
  told: ["regulator"],
});
