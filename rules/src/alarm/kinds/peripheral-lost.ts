import { defineAlarmKind } from "../alarm-kind.ts";

export const peripheralLost = defineAlarmKind({
  kind: "peripheral-lost",
  severity: "warning",
  title: { zh: "外设丢失", en: "Peripheral lost" },
  raises: {
    zh: "芯片失去传感器或其他外设，或气体传感器读数不可信",
    en: "the chip lost a sensor or another peripheral, or its gas sensor cannot be believed",
  },
  clearing: "signal",
  clears: { zh: "外设恢复", en: "the peripheral is back" },
  evidence: ["chip-event"],
  told: ["officer", "regulator"],
});
