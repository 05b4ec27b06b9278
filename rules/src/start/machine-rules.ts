import { shanghaiDay, shanghaiDayStartMs } from "../civil-day.ts";
import { platformPolicy } from "../clause.ts";
import { fail, pass } from "../rule.ts";
import { exampleAtMs } from "./example-facts.ts";
import type { StartFacts } from "./facts.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

const isEnrolled = (facts: StartFacts) => facts.chip.id !== null;

const machineEnrolled = startRule({
  id: "machine-enrolled",
  rank: 30,
  title: { zh: "焊机没有安装焊之芯", en: "The machine has no enrolled chip" },
  clause: platformPolicy(),
  fix: { zh: "请联系安装员加芯赋码", en: "Ask an installer to fit a chip and a code" },
  check: ({ chip }) => (chip.id !== null ? pass() : fail()),
  examples: [
    example("a machine with its chip", "pass"),
    example("a machine without a chip", "fail", (facts) => {
      facts.chip.id = null;
    }),
  ],
});

const machineInService = startRule({
  id: "machine-in-service",
  rank: 31,
  title: { zh: "焊机不在使用状态", en: "The machine is not in service" },
  clause: platformPolicy(),
  fix: {
    zh: "请单位安全管理员恢复启用，或换一台焊机",
    en: "Have the safety officer put it back into service, or use another machine",
  },
  check: ({ machine }) => (machine.status === "in-service" ? pass() : fail({ status: machine.status })),
  examples: [
    example("in service", "pass"),
    example("registered, without a chip so far", "fail", (facts) => {
      facts.machine.status = "registered";
    }),
    example("fitted, not yet put into service", "fail", (facts) => {
      facts.machine.status = "fitted";
    }),
    example("under repair", "fail", (facts) => {
      facts.machine.status = "under-repair";
    }),
    example("scrapped", "fail", (facts) => {
      facts.machine.status = "scrapped";
    }),
  ],
});

const machineNotLocked = startRule({
  id: "machine-not-locked",
  rank: 32,
  title: { zh: "焊机已被锁定", en: "The machine is locked" },
  clause: platformPolicy(),
  fix: {
    zh: "请单位安全管理员或消防站解除锁定",
    en: "Have the safety officer or the fire station unlock it",
  },
  check: ({ machine }) => (machine.isLocked ? fail() : pass()),
  examples: [
    example("not locked", "pass"),
    example("locked", "fail", (facts) => {
      facts.machine.isLocked = true;
    }),
  ],
});

const noTamper = startRule({
  id: "no-tamper",
  rank: 33,
  title: { zh: "焊之芯被拆动", en: "The chip was tampered with" },
  clause: platformPolicy(),
  fix: {
    zh: "请安装员检查并复位防拆，之后再扫码",
    en: "Have an installer inspect the chip and reset the tamper loop",
  },
  appliesTo: isEnrolled,
  check: ({ chip }) => (chip.isTampered ? fail() : pass()),
  examples: [
    example("tamper loop closed", "pass"),
    example("tamper loop cut", "fail", (facts) => {
      facts.chip.isTampered = true;
    }),
    example("no chip, no tamper", "skip", (facts) => {
      facts.chip = { id: null, lastHeardAtMs: null, isTampered: false, faultCode: null, position: null };
    }),
  ],
});

const noFault = startRule({
  id: "no-fault",
  rank: 34,
  title: { zh: "焊之芯报告故障：{faultCode}", en: "The chip reports a fault: {faultCode}" },
  clause: platformPolicy(),
  fix: {
    zh: "请换一台焊机，并请安装员检修",
    en: "Use another machine and have an installer repair this one",
  },
  appliesTo: isEnrolled,
  check: ({ chip }) => (chip.faultCode === null ? pass() : fail({ faultCode: chip.faultCode })),
  examples: [
    example("no fault", "pass"),
    example("a stuck relay", "fail", (facts) => {
      facts.chip.faultCode = "relay-stuck";
    }),
  ],
});

const chipOnline = startRule({
  id: "chip-online",
  rank: 35,
  title: { zh: "焊机不在线", en: "The machine is offline" },
  clause: platformPolicy("chipLeaseSeconds"),
  fix: {
    zh: "请给焊机通电并等几秒再扫；地下室等无信号处请用离线开机",
    en: "Connect the machine to mains, wait some seconds and scan again; where there is no signal use the offline start",
  },
  appliesTo: isEnrolled,
  check: ({ chip }, policy, atMs) => {
    if (chip.lastHeardAtMs === null)
      return fail({ silentSeconds: null, limitSeconds: policy.chipLeaseSeconds });
    const silentMs = atMs - chip.lastHeardAtMs;
    if (silentMs <= policy.chipLeaseSeconds * 1000) return pass();
    return fail({ silentSeconds: Math.floor(silentMs / 1000), limitSeconds: policy.chipLeaseSeconds });
  },
  examples: [
    example("heard 20 s ago", "pass"),
    example("heard exactly one lease ago", "pass", heardAgo(180_000)),
    example("heard a millisecond less than a lease ago", "pass", heardAgo(179_999)),
    example("heard a millisecond more than a lease ago", "fail", heardAgo(180_001)),
    example("heard a moment ahead of the clock", "pass", heardAgo(-500)),
    example("never heard", "fail", (facts) => {
      facts.chip.lastHeardAtMs = null;
    }),
  ],
});

/** First day of the rule: earlier decisions are replayed without it. */
const inspectionRuleDay = "2026-12-01";
const onRuleDayMs = shanghaiDayStartMs(inspectionRuleDay) + 9.5 * 3_600_000;
const refuseOverdue = { overdueMachineInspection: "refuse" } as const;

const machineInspected = startRule({
  id: "machine-inspected",
  rank: 36,
  title: { zh: "焊机检验已逾期（{dueDay} 到期）", en: "The machine's inspection is overdue since {dueDay}" },
  clause: platformPolicy("overdueMachineInspection"),
  fix: {
    zh: "请单位安全管理员安排检验并登记新的检验日期，或换一台焊机",
    en: "Have the safety officer arrange the inspection and record it, or use another machine",
  },
  effectiveFrom: inspectionRuleDay,
  appliesTo: ({ machine }) => typeof machine.inspectionDueDay === "string",
  check: ({ machine }, policy, atMs) => {
    const dueDay = machine.inspectionDueDay ?? "";
    if (policy.overdueMachineInspection !== "refuse" || shanghaiDay(atMs) <= dueDay) return pass();
    return fail({ dueDay });
  },
  examples: [
    example("no inspection recorded", "skip", dueOn(null), refuseOverdue, onRuleDayMs),
    example("due on this very day", "pass", dueOn("2026-12-01"), refuseOverdue, onRuleDayMs),
    example("due on the day before", "fail", dueOn("2026-11-30"), refuseOverdue, onRuleDayMs),
    example("overdue where the policy only warns", "pass", dueOn("2026-11-30"), {}, onRuleDayMs),
  ],
});

function dueOn(day: string | null) {
  return (facts: StartFacts) => {
    facts.machine.inspectionDueDay = day;
    facts.chip.lastHeardAtMs = onRuleDayMs - 20_000;
  };
}

function heardAgo(ms: number) {
  return (facts: StartFacts) => {
    facts.chip.lastHeardAtMs = exampleAtMs - ms;
  };
}

export const machineRules: readonly StartRule[] = [
  machineEnrolled,
  machineInService,
  machineNotLocked,
  noTamper,
  noFault,
  chipOnline,
  machineInspected,
];
