import { addDays, shanghaiDay } from "../../civil-day.ts";
import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { exampleHotWorkAtMs } from "../example-facts.ts";
import { askMeasure } from "../fact-names.ts";
import { type HotWorkRule, mustBe, step } from "../hot-work-rule.ts";
import { chemicalExample, chemicalRule, gradeInForce, onRunningPlant } from "./chemical-rule.ts";

const atStart = chemicalExample("start");
const during = chemicalExample("during");
const atClose = chemicalExample("close");
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
  check: (facts) =>
    mustBe(
      facts.permit!.isApprovedOnSite,
      step("approve-on-site", "审批人到现场审批", "The approver approves at the place"),
    ),
  examples: [
    atStart("approved at the place", "pass"),
    atStart("approved from a desk", "fail", ({ permit }) => {
      permit!.isApprovedOnSite = false;
    }),
    atStart("nobody knows where", "need", ({ permit }) => {
      permit!.isApprovedOnSite = null;
    }),
  ],
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
    permit!.hasChanged === null
      ? need(step("confirm-unchanged", "确认作业内容和条件未变", "Confirm that nothing has changed"))
      : permit!.hasChanged
        ? fail()
        : pass(),
  examples: [
    atStart("as approved", "pass"),
    during("moved to another place", "fail", ({ permit }) => {
      permit!.hasChanged = true;
    }),
    during("nobody has said", "need", ({ permit }) => {
      permit!.hasChanged = null;
    }),
  ],
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

const watchPresent = chemicalRule({
  id: "fire-watch-present",
  rank: 27,
  moments: working,
  title: { zh: "监护人不在现场", en: "The fire watch is not at the place" },
  clause: gb30871("4.10 f)"),
  fix: {
    zh: "监护人离开时应收回作业票、中止作业；请监护人回到现场并扫场所码",
    en: "When the fire watch leaves, the permit is taken back and work stops; have the watch return and scan the site code",
  },
  check: ({ people }) =>
    mustBe(
      people.isWatchPresent,
      step("watch-scans-site-code", "监护人扫场所码", "The fire watch scans the site code"),
    ),
  examples: [
    during("present", "pass"),
    during("gone", "fail", ({ people }) => {
      people.isWatchPresent = false;
    }),
    atStart("has not scanned", "need", ({ people }) => {
      people.isWatchPresent = null;
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

const noResidualFire = chemicalRule({
  id: "no-residual-fire",
  rank: 90,
  moments: ["close"],
  title: { zh: "现场还有残留火种", en: "Something still smoulders at the place" },
  clause: gb30871("5.2.14"),
  fix: {
    zh: "请清理现场，确认无残留火种后再离开",
    en: "Clear the place and leave only when nothing smoulders",
  },
  check: ({ progress }) =>
    mustBe(
      progress.isResidualFireExcluded,
      step("exclude-residual-fire", "确认无残留火种", "Confirm that nothing smoulders"),
    ),
  examples: [
    atClose("nothing smoulders", "pass"),
    atClose("something does", "fail", ({ progress }) => {
      progress.isResidualFireExcluded = false;
    }),
    atClose("nobody has looked", "need", ({ progress }) => {
      progress.isResidualFireExcluded = null;
    }),
  ],
});

export const permitRules: readonly HotWorkRule[] = [
  approvedOnSite,
  unchanged,
  watchTrained,
  watchPresent,
  specialOnVideo,
  noResidualFire,
];
