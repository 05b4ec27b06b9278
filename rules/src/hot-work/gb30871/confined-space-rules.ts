import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { exampleGasTest, hoursMs, minutesMs } from "../example-facts.ts";
import { askMeasure } from "../fact-names.ts";
import type { GasTest, HotWorkFacts } from "../facts.ts";
import { type HotWorkRule, mustBe, not, step } from "../hot-work-rule.ts";
import { answers, aroundLimit, aroundTime } from "../rule-kinds/limit-examples.ts";
import { chemicalExample, chemicalRule } from "./chemical-rule.ts";
import { mustBeFresh, mustBeRetested, newestTest, testGas } from "./gas-tests.ts";

const atStart = chemicalExample("start");
const during = chemicalExample("during");
const isConfined = (facts: HotWorkFacts) => facts.place.isConfinedSpace === true;

const airFresh = chemicalRule({
  id: "confined-space-air-fresh",
  rank: 70,
  moments: ["start"],
  title: {
    zh: "受限空间气体检测已过 {minutes} 分钟，超过 {limitMinutes} 分钟",
    en: "The air of the confined space was tested {minutes} min ago, more than {limitMinutes} min",
  },
  clause: gb30871("6.3 a)"),
  fix: {
    zh: "请重新检测，合格后 {limitMinutes} 分钟内进入",
    en: "Test again and enter within {limitMinutes} min",
  },
  appliesTo: isConfined,
  check: (facts, _policy, atMs) =>
    facts.progress.lastWorkEndedAtMs === null
      ? mustBeFresh(newestTest(facts, "confined-space", atMs), 30, atMs)
      : pass(),
  examples: [
    ...aroundTime(atStart, { value: 30, unit: "min" }, ["pass", "pass", "fail"], (facts, agoMs, atMs) =>
      air({}, agoMs)(facts, atMs),
    ),
    atStart("not tested inside", "need", (facts) => {
      facts.place.isConfinedSpace = true;
    }),
    atStart("no confined space", "skip"),
  ],
});

const airRetested = chemicalRule({
  id: "confined-space-retest-after-break",
  rank: 71,
  moments: ["start"],
  title: {
    zh: "受限空间作业中断 {minutes} 分钟，超过 {limitMinutes} 分钟，须重新检测",
    en: "Work in the confined space paused for {minutes} min, more than {limitMinutes} min: test again",
  },
  clause: gb30871("6.3 f)"),
  fix: { zh: "请重新检测气体后再进入", en: "Test the air again before entering" },
  appliesTo: isConfined,
  check: (facts, _policy, atMs) => mustBeRetested(facts, "confined-space", 60, atMs),
  examples: [
    ...aroundTime(
      atStart,
      { value: 60, unit: "min", name: "a break" },
      ["pass", "pass", "fail"],
      (facts, breakMs, atMs) => {
        air({}, minutesMs(130))(facts, atMs);
        facts.progress.lastWorkEndedAtMs = atMs - breakMs;
      },
    ),
    atStart("tested again after a long break", "pass", (facts, atMs) => {
      air({}, minutesMs(5))(facts, atMs);
      facts.progress.lastWorkEndedAtMs = atMs - minutesMs(90);
    }),
  ],
});

const oxygenRight = chemicalRule({
  id: "confined-space-oxygen",
  rank: 72,
  moments: ["start", "during"],
  title: {
    zh: "受限空间氧含量 {volPercent}%，应为 19.5%～21%",
    en: "Oxygen in the confined space is at {volPercent} vol%; it must be 19.5 to 21 vol%",
  },
  clause: gb30871("6.4 a)"),
  fix: {
    zh: "请撤离、通风，重新检测合格后再作业",
    en: "Leave, ventilate, and go on when a new test is good",
  },
  appliesTo: isConfined,
  check: (facts, _policy, atMs) => {
    const volPercent = newestTest(facts, "confined-space", atMs)?.oxygenVolPercent ?? null;
    if (volPercent === null) return need(testGas);
    return volPercent >= 19.5 && volPercent <= 21 ? pass() : fail({ volPercent });
  },
  examples: [
    ...(
      [
        [19.5, ["fail", "pass", "pass"]],
        [21, ["pass", "pass", "fail"]],
      ] as const
    ).flatMap(([value, outcomes]) =>
      aroundLimit(during, { value, unit: "vol%", step: 0.1 }, outcomes, (facts, oxygenVolPercent, atMs) =>
        air({ oxygenVolPercent })(facts, atMs),
      ),
    ),
    during("not measured", "need", air({ oxygenVolPercent: null })),
  ],
});

const airLogged = chemicalRule({
  id: "confined-space-log",
  rank: 73,
  moments: ["during"],
  title: {
    zh: "受限空间气体已 {hours} 小时没有记录，应每 2 小时记录一次",
    en: "The air of the confined space was logged {hours} h ago; it must be every 2 h",
  },
  clause: gb30871("6.5"),
  fix: { zh: "请立即读数并记录", en: "Read the detector and log it now" },
  appliesTo: isConfined,
  check: ({ progress: { lastGasLogAtMs } }, _policy, atMs) => {
    if (lastGasLogAtMs === null)
      return need(
        step("log-confined-space-air", "记录受限空间气体读数", "Log the air of the confined space"),
      );
    const agoMs = atMs - lastGasLogAtMs;
    return agoMs <= hoursMs(2) ? pass() : fail({ hours: Math.floor(agoMs / 36_000) / 100 });
  },
  examples: [
    ...aroundTime(during, { value: 2, unit: "h" }, ["pass", "pass", "fail"], (facts, agoMs, atMs) => {
      facts.place.isConfinedSpace = true;
      facts.progress.lastGasLogAtMs = atMs - agoMs;
    }),
    during("never logged", "need", (facts) => {
      facts.place.isConfinedSpace = true;
      facts.progress.lastGasLogAtMs = null;
    }),
  ],
});

const noPainting = chemicalRule({
  id: "confined-space-no-painting",
  rank: 74,
  moments: ["start", "during"],
  title: { zh: "同一受限空间内安排了涂刷作业", en: "Painting is arranged in the same confined space" },
  clause: gb30871("6.7"),
  fix: { zh: "请取消涂刷，或停止动火", en: "Cancel the painting, or stop the hot work" },
  appliesTo: isConfined,
  check: ({ measures }) => mustBe(not(measures.isPaintingInSameSpace), askMeasure("isPaintingInSameSpace")),
  examples: answers(during, (facts, value) => {
    facts.place.isConfinedSpace = true;
    facts.measures.isPaintingInSameSpace = not(value);
  }),
});

function air(change: Partial<GasTest>, agoMs = minutesMs(10)) {
  return (facts: HotWorkFacts, atMs: number) => {
    facts.place.isConfinedSpace = true;
    const inside = { ...exampleGasTest(atMs), place: "confined-space", ...change } as const;
    facts.gasTests = [exampleGasTest(atMs), { ...inside, sampledAtMs: atMs - agoMs }];
  };
}

export const confinedSpaceRules: readonly HotWorkRule[] = [
  airFresh,
  airRetested,
  oxygenRight,
  airLogged,
  noPainting,
];
