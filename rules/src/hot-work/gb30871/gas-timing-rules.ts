import { shanghaiDay } from "../../civil-day.ts";
import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { exampleGasTest, hoursMs, minutesMs } from "../example-facts.ts";
import type { HotWorkFacts } from "../facts.ts";
import type { HotWorkRule } from "../hot-work-rule.ts";
import { breakMinutesWithoutRetest } from "../limits.ts";
import { aroundLimit, aroundTime } from "../rule-kinds/limit-examples.ts";
import {
  chemicalExample,
  chemicalRule,
  gradeInForce,
  inExplosiveArea,
  onRunningPlant,
} from "./chemical-rule.ts";
import { measured, mustBeFresh, mustBeRetested, newestTest, sampled, testGas } from "./gas-tests.ts";

const atStart = chemicalExample("start");

/** Whether work began earlier on the same Shanghai day, so that this start ends a break. */
function endsBreak({ progress: { lastWorkEndedAtMs } }: HotWorkFacts, atMs: number): boolean {
  return lastWorkEndedAtMs !== null && shanghaiDay(lastWorkEndedAtMs) === shanghaiDay(atMs);
}

const sampleFresh = chemicalRule({
  id: "gas-sample-fresh",
  rank: 40,
  moments: ["start"],
  title: {
    zh: "气体取样已过 {minutes} 分钟，超过 {limitMinutes} 分钟",
    en: "The gas sample is {minutes} min old, more than {limitMinutes} min",
  },
  clause: gb30871("5.3.1 c)"),
  fix: {
    zh: "请重新取样分析，{limitMinutes} 分钟内开始作业",
    en: "Sample again and start within {limitMinutes} min",
  },
  check: (facts, _policy, atMs) =>
    endsBreak(facts, atMs) ? pass() : mustBeFresh(newestTest(facts, "surroundings", atMs), 30, atMs),
  examples: [
    ...aroundTime(atStart, { value: 30, unit: "min" }, ["pass", "pass", "fail"], (facts, agoMs, atMs) =>
      sampled(agoMs)(facts, atMs),
    ),
    atStart("sampled yesterday, and again now", "pass", (facts, atMs) => {
      facts.gasTests = [{ ...exampleGasTest(atMs), sampledAtMs: atMs - hoursMs(24) }, exampleGasTest(atMs)];
    }),
    atStart("a sample of the future is none", "need", sampled(-1)),
    atStart("no sample", "need", (facts) => {
      facts.gasTests = [];
    }),
    atStart("nobody has said whether one was taken", "need", (facts) => {
      facts.gasTests = null;
    }),
    atStart("on the way on after a short break", "pass", (facts, atMs) => {
      sampled(minutesMs(100))(facts, atMs);
      facts.progress.lastWorkEndedAtMs = atMs - minutesMs(10);
    }),
  ],
});

const gradedCases = [
  ["grade 2", 60, () => {}],
  ["grade 1", 30, inExplosiveArea],
  ["special", 30, onRunningPlant],
] as const;

const retestedAfterBreak = chemicalRule({
  id: "gas-retest-after-break",
  rank: 41,
  moments: ["start"],
  title: {
    zh: "作业中断 {minutes} 分钟，超过 {limitMinutes} 分钟，须重新气体分析",
    en: "Work paused for {minutes} min, more than {limitMinutes} min: the gas must be tested again",
  },
  clause: gb30871("5.3.1 d)"),
  fix: { zh: "请重新取样分析后再开始", en: "Test the gas again, then go on" },
  check: (facts, policy, atMs) =>
    mustBeRetested(
      facts,
      "surroundings",
      breakMinutesWithoutRetest(gradeInForce(facts, policy, atMs) ?? "special"),
      atMs,
    ),
  examples: [
    ...gradedCases.flatMap(([name, minutes, change]) =>
      aroundTime(
        atStart,
        { value: minutes, unit: "min", name },
        ["pass", "pass", "fail"],
        (facts, breakMs, atMs) => broken(breakMs, change)(facts, atMs),
      ),
    ),
    ...aroundTime(
      atStart,
      { value: 30, unit: "min", name: "tested again in a break of 2 h" },
      ["pass", "pass", "fail"],
      (facts, agoMs, atMs) => {
        broken(minutesMs(120))(facts, atMs);
        sampled(agoMs)(facts, atMs);
      },
    ),
    atStart("grade 2: tested again during a long break", "pass", (facts, atMs) => {
      broken(minutesMs(90))(facts, atMs);
      facts.gasTests = [exampleGasTest(atMs)];
    }),
    atStart("grade 2: a long break and no sample at all", "need", (facts, atMs) => {
      broken(minutesMs(60) + 1)(facts, atMs);
      facts.gasTests = [];
    }),
  ],
});

const retestedDaily = chemicalRule({
  id: "gas-retest-daily",
  rank: 42,
  moments: ["start"],
  title: { zh: "今天还没有做气体分析", en: "The gas has not been tested today" },
  clause: gb30871("5.3.1 d)"),
  fix: { zh: "每日动火前均应取样分析", en: "Test the gas every day before hot work" },
  check: (facts, _policy, atMs) => {
    const test = newestTest(facts, "surroundings", atMs);
    if (!test) return need(testGas);
    return shanghaiDay(test.sampledAtMs) === shanghaiDay(atMs) ? pass() : fail();
  },
  examples: [
    atStart("tested today", "pass"),
    atStart("tested last night", "fail", sampled(hoursMs(9.5) + 1)),
    atStart("tested in the first instant of today", "pass", sampled(hoursMs(9.5))),
    atStart("never", "need", (facts) => {
      facts.gasTests = [];
    }),
  ],
});

const sampledNear = chemicalRule({
  id: "gas-sampled-near",
  rank: 43,
  moments: ["start"],
  title: {
    zh: "取样点离动火点 {metres} 米，应在 {limitMetres} 米内",
    en: "The sample was taken {metres} m away; it must be within {limitMetres} m",
  },
  clause: gb30871("5.3.1 b)"),
  fix: {
    zh: "请在动火点 {limitMetres} 米范围内重新取样",
    en: "Sample again within {limitMetres} m of the point",
  },
  check: (facts, _policy, atMs) => {
    const test = newestTest(facts, "surroundings", atMs);
    if (!test || test.withinMetres === null) return need(testGas);
    return test.withinMetres <= 10 ? pass() : fail({ metres: test.withinMetres, limitMetres: 10 });
  },
  examples: [
    ...aroundLimit(
      atStart,
      { value: 10, unit: "m", step: 0.1 },
      ["pass", "pass", "fail"],
      (facts, withinMetres, atMs) => measured({ withinMetres })(facts, atMs),
    ),
    atStart("nobody has said where", "need", measured({ withinMetres: null })),
  ],
});

/** A break of so many milliseconds, and no sample since an hour before it. */
function broken(breakMs: number, change: (facts: HotWorkFacts) => void = () => {}) {
  return (facts: HotWorkFacts, atMs: number) => {
    change(facts);
    facts.progress.lastWorkEndedAtMs = atMs - breakMs;
    sampled(breakMs + minutesMs(60))(facts, atMs);
  };
}

export const gasTimingRules: readonly HotWorkRule[] = [
  sampleFresh,
  retestedAfterBreak,
  retestedDaily,
  sampledNear,
];
