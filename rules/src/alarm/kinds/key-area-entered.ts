import { defineAlarmKind } from "../alarm-kind.ts";

export const keyAreaEntered = defineAlarmKind({
  kind: "key-area-entered",
  severity: "notice",
  title: { zh: "焊机进入重点区域", en: "Machine entered a key area" },
  raises: {
    zh: "焊机被带入有动火要求的重点区域，未办动火许可；办好前不能开机",
    en: "a machine was brought into a key area that makes demands; it cannot be started there until it is cleared",
  },
  clearing: "signal",
  clears: { zh: "焊机离开，或已办动火许可", en: "the machine has left, or has a clearance there" },
  evidence: ["key-area"],
  told: ["site-owner", "station"],
});
