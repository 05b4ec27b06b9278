import { platformPolicy } from "../clause.ts";
import { fail, pass } from "../rule.ts";
import { otherWelder } from "./example-facts.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

const welderActive = startRule({
  id: "welder-active",
  rank: 1,
  title: { zh: "焊工账号已停用", en: "The welder's account is not active" },
  clause: platformPolicy(),
  fix: {
    zh: "请联系所在地消防站恢复账号",
    en: "Ask your local fire station to restore the account",
  },
  check: ({ welder }) => (welder.status === "active" ? pass() : fail({ status: welder.status })),
  examples: [
    example("an active account", "pass"),
    example("a suspended account", "fail", (facts) => {
      facts.welder.status = "suspended";
    }),
  ],
});

const enterpriseActive = startRule({
  id: "enterprise-active",
  rank: 2,
  title: { zh: "焊机所属单位已停用", en: "The machine's enterprise is not active" },
  clause: platformPolicy(),
  fix: {
    zh: "请单位安全管理员联系监管部门恢复",
    en: "The enterprise's safety officer must ask the regulator to restore it",
  },
  check: ({ enterprise }) => (enterprise.status === "active" ? pass() : fail({ status: enterprise.status })),
  examples: [
    example("an active enterprise", "pass"),
    example("a suspended enterprise", "fail", (facts) => {
      facts.enterprise.status = "suspended";
    }),
  ],
});

const welderAuthorised = startRule({
  id: "welder-authorised-for-machine",
  rank: 20,
  title: { zh: "这是别家的焊机", en: "This is somebody else's machine" },
  clause: platformPolicy(),
  fix: {
    zh: "请使用本单位的焊机，或请机主单位在平台上聘用您",
    en: "Use a machine of your own enterprise, or have its owner hire you on the platform",
  },
  check: ({ welder }) => (welder.isAuthorisedForMachine ? pass() : fail()),
  examples: [
    example("a machine of the own or hiring enterprise", "pass"),
    example("a machine of a stranger", "fail", (facts) => {
      facts.welder.isAuthorisedForMachine = false;
    }),
  ],
});

const welderListed = startRule({
  id: "welder-on-owners-list",
  rank: 21,
  title: { zh: "您不在机主单位的白名单上", en: "You are not on the owner's list of welders" },
  clause: platformPolicy(),
  fix: {
    zh: "请机主单位的安全管理员把您加入白名单",
    en: "Ask the owner's safety officer to put you on the list",
  },
  appliesTo: ({ welder }) => welder.isListed !== undefined,
  check: ({ welder }) => (welder.isListed ? pass() : fail()),
  examples: [
    example("an owner without a list", "skip"),
    example("on the list", "pass", (facts) => {
      facts.welder.isListed = true;
    }),
    example("not on the list", "fail", (facts) => {
      facts.welder.isListed = false;
    }),
  ],
});

const machineFree = startRule({
  id: "machine-free",
  rank: 40,
  title: { zh: "焊机正在作业中", en: "The machine is in use" },
  clause: platformPolicy(),
  fix: {
    zh: "请等当前作业结束；若是您自己的作业，请回到作业页面",
    en: "Wait until the running work ends; if it is yours, go back to it",
  },
  check: ({ machine, welder }) =>
    machine.heldBy === null ? pass() : fail({ heldBySameWelder: machine.heldBy === welder.id }),
  examples: [
    example("a free machine", "pass"),
    example("held by another welder", "fail", (facts) => {
      facts.machine.heldBy = otherWelder;
    }),
    example("held by the same welder", "fail", (facts) => {
      facts.machine.heldBy = facts.welder.id;
    }),
  ],
});

const machinesPerWelder = startRule({
  id: "machines-per-welder",
  rank: 41,
  title: {
    zh: "您已在使用 {held} 台焊机，最多 {limit} 台",
    en: "You hold {held} machines already; the limit is {limit}",
  },
  clause: platformPolicy("machinesPerWelder"),
  fix: { zh: "请先结束一项作业", en: "End one of your work sessions first" },
  check: ({ welder }, policy) =>
    welder.otherMachinesHeld + 1 <= policy.machinesPerWelder
      ? pass()
      : fail({ held: welder.otherMachinesHeld, limit: policy.machinesPerWelder }),
  examples: [
    example("the first machine", "pass"),
    example("the last machine allowed", "pass", (facts) => {
      facts.welder.otherMachinesHeld = 1;
    }),
    example("one machine too many", "fail", (facts) => {
      facts.welder.otherMachinesHeld = 2;
    }),
    example(
      "a region that allows one only",
      "fail",
      (facts) => {
        facts.welder.otherMachinesHeld = 1;
      },
      { machinesPerWelder: 1 },
    ),
  ],
});

const welderCredit = startRule({
  id: "welder-credit",
  rank: 42,
  title: {
    zh: "您的信用分为 {credit} 分，本地要求至少 {limit} 分",
    en: "You have {credit} credit points; this region asks for {limit}",
  },
  clause: platformPolicy("leastCreditToStart"),
  fix: {
    zh: "请在“我的信用分”查看扣分原因，可参加培训恢复或提出申诉",
    en: "See under My credit what took them; attend training, or appeal",
  },
  appliesTo: ({ welder }) => welder.credit !== undefined,
  check: ({ welder: { credit = 0 } }, { leastCreditToStart }) =>
    credit >= leastCreditToStart ? pass() : fail({ credit, limit: leastCreditToStart }),
  examples: [
    example("nobody asked", "skip"),
    example("no points left, in a region that does not go by them", "pass", (facts) => {
      facts.welder.credit = 0;
    }),
    example(
      "exactly what the region asks for",
      "pass",
      (facts) => {
        facts.welder.credit = 60;
      },
      { leastCreditToStart: 60 },
    ),
    example(
      "one point less than the region asks for",
      "fail",
      (facts) => {
        facts.welder.credit = 59;
      },
      { leastCreditToStart: 60 },
    ),
  ],
});

export const peopleRules: readonly StartRule[] = [
  welderActive,
  enterpriseActive,
  welderAuthorised,
  welderListed,
  machineFree,
  machinesPerWelder,
  welderCredit,
];
