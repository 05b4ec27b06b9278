import type { Position } from "@hanyouxu/protocol";
import { shiftPlace } from "./county/place.ts";
import type { Cast, County, DemoMachine, DemoWelder, WelderProfile } from "./county/types.ts";

/** One scan by one of the cast with what it must lead to: the script of a tour and of an end-to-end test. */
export interface Scenario {
  id: string;
  title: { zh: string; en: string };
  welder: DemoWelder;
  machine: DemoMachine;
  /** What the phone says; null: location is switched off. */
  phonePosition: Position | null;
  /** What must have happened to the machine before. */
  prepare: "nothing" | "cut-loop" | "lock";
  expected: { outcome: "grant" } | { outcome: "refuse"; ruleId: string };
}

interface Part {
  id: string;
  zh: string;
  en: string;
  welder: WelderProfile;
  machine: keyof Cast["machines"];
  phone?: "beside" | "in-town" | "off";
  prepare?: Scenario["prepare"];
  /** Rule that refuses; absent: the start is granted. */
  refusedBy?: string;
}

const parts: readonly Part[] = [
  {
    id: "certified",
    zh: "持证焊工开机",
    en: "a certified welder starts",
    welder: "certified",
    machine: "ordinary",
  },
  {
    id: "uncertified",
    zh: "无证人员",
    en: "nobody's certificate",
    welder: "uncertified",
    machine: "ordinary",
    refusedBy: "certificate-present",
  },
  {
    id: "expired",
    zh: "证书过期",
    en: "an expired certificate",
    welder: "expired",
    machine: "ordinary",
    refusedBy: "certificate-valid-on-day",
  },
  {
    id: "review-overdue",
    zh: "复审逾期",
    en: "a review overdue",
    welder: "review-overdue",
    machine: "ordinary",
    refusedBy: "certificate-reviewed",
  },
  {
    id: "revoked",
    zh: "证书被吊销",
    en: "a revoked certificate",
    welder: "revoked",
    machine: "ordinary",
    refusedBy: "certificate-in-good-standing",
  },
  {
    id: "wrong-process",
    zh: "证书项目不符",
    en: "a certificate for another process",
    welder: "certified",
    machine: "spotWelder",
    refusedBy: "certificate-covers-process",
  },
  {
    id: "foreign-machine",
    zh: "别家的焊机",
    en: "somebody else's machine",
    welder: "certified",
    machine: "foreign",
    refusedBy: "welder-authorised-for-machine",
  },
  {
    id: "out-of-distance",
    zh: "人不在焊机旁",
    en: "a scan from afar",
    welder: "certified",
    machine: "distant",
    phone: "in-town",
    refusedBy: "scan-distance",
  },
  {
    id: "location-off",
    zh: "手机未开定位",
    en: "location switched off",
    welder: "certified",
    machine: "ordinary",
    phone: "off",
    refusedBy: "phone-position-known",
  },
  {
    id: "tampered",
    zh: "焊之芯被拆动",
    en: "a chip that was cut off",
    welder: "certified",
    machine: "tampered",
    prepare: "cut-loop",
    refusedBy: "no-tamper",
  },
  {
    id: "locked",
    zh: "焊机被锁定",
    en: "a locked machine",
    welder: "certified",
    machine: "locked",
    prepare: "lock",
    refusedBy: "machine-not-locked",
  },
  {
    id: "offline",
    zh: "焊机没有芯片在线",
    en: "a machine whose chip was never fitted",
    welder: "certified",
    machine: "offline",
    refusedBy: "machine-enrolled",
  },
];

/** The scripts with the county's people and machines in their parts. */
export function scenariosOf(county: County): Scenario[] {
  const { cast } = county;
  const machineOf = (part: keyof Cast["machines"]) =>
    county.machines.find(({ machineId }) => machineId === cast.machines[part])!;
  return parts.map(({ id, zh, en, welder, machine, phone = "beside", prepare = "nothing", refusedBy }) => {
    const at = machineOf(phone === "in-town" ? "ordinary" : machine).home;
    return {
      id,
      title: { zh, en },
      welder: county.welders.find(({ welderId }) => welderId === cast.welders[welder])!,
      machine: machineOf(machine),
      phonePosition: phone === "off" ? null : { ...shiftPlace(at, 4, 3), accuracyMetres: 8 },
      prepare,
      expected: refusedBy ? { outcome: "refuse", ruleId: refusedBy } : { outcome: "grant" },
    };
  });
}
