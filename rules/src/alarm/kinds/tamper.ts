import { defineAlarmKind } from "../alarm-kind.ts";

export const tamper = defineAlarmKind({
  kind: "tamper",
  severity: "danger",
  title: { zh: "防拆报警", en: "Tampering" },
  raises: { zh: "芯片的防拆回路断开", en: "the chip's tamper loop opened" },
  clearing: "signal",
  clears: {
    zh: "芯片经检查复位后上报回路完好",
    en: "the chip reports the loop whole after it was inspected and reset",
  },
  evidence: ["chip-event"],
  told: ["officer", "station", "regulator"],
});
