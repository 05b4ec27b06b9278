import { defineAlarmKind } from "../alarm-kind.ts";

export const workOutsidePermit = defineAlarmKind({
  kind: "work-outside-permit",
  severity: "danger",
  title: { zh: "超出作业票作业", en: "Work outside its permit" },
  raises: {
    zh: "重点区域内通电作业而没有有效作业票：无票、超时、已暂停或结束，或人、机与票不符",
    en: "work under power in a key area without a permit for it: none, over, suspended, or another welder or machine",
  },
  clearing: "signal",
  clears: {
    zh: "作业结束、离开该区域，或已有有效作业票",
    en: "the work has ended or left the area, or a permit covers it",
  },
  evidence: ["work-session", "clearance", "key-area"],
  told: ["welder", "officer", "site-owner", "station", "regulator"],
  standsFor: { kinds: ["key-area-entered"], of: "machine" },
  limits: { acknowledge: 5 },
});
