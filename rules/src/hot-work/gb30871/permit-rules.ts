import { addDays, shanghaiDay } from "../../civil-day.ts";
import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { exampleHotWorkAtMs } from "../example-facts.ts";
import { askMeasure } from "../fact-names.ts";
import { type HotWorkRule, mustBe, not, step } from "../hot-work-rule.ts";
import { answers } from "../rule-kinds/limit-examples.ts";
import { noResidualFire } from "../rule-kinds/no-residual-fire.ts";
import { watchPresent } from "../rule-kinds/watch-present.ts";
import { chemicalExample, chemicalRule, gb30871Rule, gradeInForce, onRunningPlant } from "./chemical-rule.ts";

const atStart = chemicalExample("start");
const during = chemicalExample("during");
const working = ["start", "during"] as const;
const today = shanghaiDay(exampleHotWorkAtMs);

const approvedOnSite = chemicalRule({
  id: "approved-on-site",
  rank: 24,
  moments: working,
  title: { zh: "作业票不是在现场审批的", en: "The permit was not approved at the place" },
  clause: gb30871("4.11 a)"),
  fix: { zh: "请审批人到作业现场重新审批", en: "Have the approver come to the place and approve there" },
  appliesTo: (facts) => facts.permit !== null,
  check: ({ permit }) =>
    mustBe(
      permit!.isApprovedOnSite,
      step("approve-on-site", "审批人到现场审批", "The approver approves at the place"),
    ),
  examples: answers(atStart, ({ permit }, value) => {
    permit!.isApprovedOnSite = value;
  }),
});

const unchanged = chemicalRule({
  id: "permit-unchanged",
  rank: 25,
  moments: working,
  title: {
    zh: "作业内容、范围、地点或条件已变更",
    en: "Content, scope, place or conditions have changed",
  },
  clause: gb30871("4.16、4.17"),
  fix: { zh: "请停止作业并重新办理动火作业票", en: "Stop, and get a new permit" },
  appliesTo: (facts) => facts.permit !== null,
  check: ({ permit }) =>
    mustBe(
      not(permit!.hasChanged),
      step("confirm-unchanged", "确认作业内容和条件未变", "Confirm that nothing has changed"),
    ),
  examples: answers(during, ({ permit }, value) => {
    permit!.hasChanged = not(value);
  }),
});

const watchTrained = chemicalRule({
  id: "fire-watch-trained",
  rank: 26,
  moments: ["issue", "start", "during"],
  title: { zh: "监护人没有有效的培训合格证", en: "The fire watch has no training certificate in force" },
  clause: gb30871("4.10"),
  fix: { zh: "请换一名持证的监护人", en: "Name a fire watch who is trained and certified" },
  check: ({ people: { fireWatch } }, _policy, atMs) => {
    if (fireWatch === null) return need(step("name-fire-watch", "确定监护人", "Name the fire watch"));
    if (fireWatch.isTrained === false) return fail();
    if (fireWatch.isTrained === null || fireWatch.trainedToDay === null)
      return need(
        step("show-training", "登记监护人培训合格证", "Register the fire watch's training certificate"),
      );
    return shanghaiDay(atMs) <= fireWatch.trainedToDay ? pass() : fail();
  },
  examples: [
    atStart("trained", "pass"),
    atStart("on the last day of the certificate", "pass", ({ people }) => {
      people.fireWatch!.trainedToDay = today;
    }),
    atStart("the day after", "fail", ({ people }) => {
      people.fireWatch!.trainedToDay = addDays(today, -1);
    }),
    atStart("not trained", "fail", ({ people }) => {
      people.fireWatch!.isTrained = false;
    }),
    atStart("training not recorded", "need", ({ people }) => {
      people.fireWatch!.trainedToDay = null;
    }),
    atStart("no fire watch", "need", ({ people }) => {
      people.fireWatch = null;
    }),
  ],
});

const specialOnVideo = chemicalRule({
  id: "special-grade-on-video",
  rank: 28,
  moments: working,
  title: {
    zh: "特级动火没有用防爆摄录设备全程录像",
    en: "Special-grade hot work is not filmed throughout with explosion-proof equipment",
  },
  clause: gb30871("5.2.11"),
  fix: { zh: "请架好防爆摄录设备并开始录像", en: "Set up explosion-proof video and start recording" },
  check: (facts, policy, atMs) => {
    if (gradeInForce(facts, policy, atMs) !== "special") return pass();
    const { isVideoRecording, isVideoExplosionProof } = facts.measures;
    if (isVideoRecording === false || isVideoExplosionProof === false) return fail();
    if (isVideoRecording && isVideoExplosionProof) return pass();
    return need(askMeasure(isVideoRecording === null ? "isVideoRecording" : "isVideoExplosionProof"));
  },
  examples: [
    atStart("filmed", "pass", onRunningPlant),
    atStart("grade 2 needs no film", "pass", ({ measures }) => {
      measures.isVideoRecording = false;
    }),
    during("the camera has stopped", "fail", (facts) => {
      onRunningPlant(facts);
      facts.measures.isVideoRecording = false;
    }),
    atStart("an ordinary camera", "fail", (facts) => {
      onRunningPlant(facts);
      facts.measures.isVideoExplosionProof = false;
    }),
    atStart("nobody has said", "need", (facts) => {
      onRunningPlant(facts);
      facts.measures.isVideoRecording = null;
    }),
  ],
});

const regimes = ["chemical"] as const;

export const permitRules: readonly HotWorkRule[] = [
  approvedOnSite,
  unchanged,
  watchTrained,
  watchPresent(gb30871Rule, {
    id: "fire-watch-present",
    rank: 27,
    regimes,
    clause: gb30871("4.10 f)"),
    fix: {
      zh: "监护人离开时应收回作业票、中止作业；请监护人回到现场并扫场所码",
      en: "When the fire watch leaves, the permit is taken back and work stops; have the watch return and scan the site code",
    },
  }),
  specialOnVideo,
  noResidualFire(gb30871Rule, { rank: 90, regimes, clause: gb30871("5.2.14") }),
];
