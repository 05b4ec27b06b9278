import { shanghaiDay } from "../../civil-day.ts";
import { type CheckResult, fail, need, pass, type Step } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { exampleGasTest, hoursMs, minutesMs } from "../example-facts.ts";
import { askMeasure } from "../fact-names.ts";
import type { GasTest, GasTestPlace, HotWorkFacts } from "../facts.ts";
import { type HotWorkRule, mustBe, step } from "../hot-work-rule.ts";
import { breakMinutesWithoutRetest, gasLimit } from "../limits.ts";
import {
  chemicalExample,
  chemicalRule,
  gradeInForce,
  inExplosiveArea,
  onRunningPlant,
} from "./chemical-rule.ts";

const atStart = chemicalExample("start");
const during = chemicalExample("during");

export const testGas: Step = step("test-gas", "取样做气体分析", "Take a sample and test the gas");

/** The newest sample of a place that was taken by the instant; undefined when there is none. */
export function newestTest(facts: HotWorkFacts, place: GasTestPlace, atMs: number): GasTest | undefined {
  let newest: GasTest | undefined;
  for (const test of facts.gasTests ?? []) {
    if (test.place !== place || !(test.sampledAtMs <= atMs)) continue;
    if (!newest || test.sampledAtMs > newest.sampledAtMs) newest = test;
  }
  return newest;
}

/** Whether work began earlier on the same Shanghai day, so that this start ends a break. */
function endsBreak({ progress: { lastWorkEndedAtMs } }: HotWorkFacts, atMs: number): boolean {
  return lastWorkEndedAtMs !== null && shanghaiDay(lastWorkEndedAtMs) === shanghaiDay(atMs);
}

const ageMinutes = (test: GasTest, atMs: number) => Math.floor((atMs - test.sampledAtMs) / 600) / 100;

/** A sample of the place, no older than so many minutes. */
export function mustBeFresh(test: GasTest | undefined, minutes: number, atMs: number): CheckResult {
  if (!test) return need(testGas);
  const isFresh = atMs - test.sampledAtMs <= minutesMs(minutes);
  return isFresh ? pass() : fail({ minutes: ageMinutes(test, atMs), limitMinutes: minutes });
}

/** After a break that was too long, a sample from after its beginning, no older than so many minutes. */
export function mustBeRetested(
  facts: HotWorkFacts,
  place: GasTestPlace,
  breakLimitMinutes: number,
  atMs: number,
): CheckResult {
  const brokeAtMs = facts.progress.lastWorkEndedAtMs;
  if (brokeAtMs === null || atMs - brokeAtMs <= minutesMs(breakLimitMinutes)) return pass();
  const test = newestTest(facts, place, atMs);
  if (!test) return need(testGas);
  if (test.sampledAtMs >= brokeAtMs && atMs - test.sampledAtMs <= minutesMs(30)) return pass();
  return fail({ minutes: Math.floor((atMs - brokeAtMs) / 600) / 100, limitMinutes: breakLimitMinutes });
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
    atStart("sampled just less than 30 min ago", "pass", sampled(minutesMs(30) - 1)),
    atStart("sampled 30 min ago", "pass", sampled(minutesMs(30))),
    atStart("sampled just more than 30 min ago", "fail", sampled(minutesMs(30) + 1)),
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
    ...(
      [
        ["grade 2", 60, () => {}],
        ["grade 1", 30, inExplosiveArea],
        ["special", 30, onRunningPlant],
      ] as const
    ).flatMap(([name, minutes, change]) => [
      atStart(`${name}: a break of just less than ${minutes} min`, "pass", broken(minutes, -1, change)),
      atStart(`${name}: a break of ${minutes} min`, "pass", broken(minutes, 0, change)),
      atStart(`${name}: a break of just more than ${minutes} min`, "fail", broken(minutes, 1, change)),
    ]),
    atStart("grade 2: tested again during a long break", "pass", (facts, atMs) => {
      broken(60, minutesMs(30))(facts, atMs);
      facts.gasTests = [exampleGasTest(atMs)];
    }),
    atStart("grade 2: a long break and no sample at all", "need", (facts, atMs) => {
      broken(60, 1)(facts, atMs);
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
    ...(
      [
        [9.9, "just less than", "pass"],
        [10, "at", "pass"],
        [10.1, "just more than", "fail"],
      ] as const
    ).map(([metres, word, expected]) =>
      atStart(`sampled ${word} 10 m away`, expected, measured({ withinMetres: metres })),
    ),
    atStart("nobody has said where", "need", measured({ withinMetres: null })),
  ],
});

/** The newest sample of each place against the limit that its LEL gives. */
const belowLimit = chemicalRule({
  id: "gas-below-limit",
  rank: 44,
  moments: ["start", "during"],
  title: {
    zh: "{gas} 浓度 {volPercent}%（体积分数），不得超过 {limitVolPercent}%",
    en: "{gas} is at {volPercent} vol%; at most {limitVolPercent} vol% is allowed",
  },
  clause: gb30871("5.3.2"),
  fix: { zh: "请停止作业，置换、通风后重新分析", en: "Stop, purge and ventilate, then test again" },
  check: (facts, _policy, atMs) => {
    const places = ["surroundings", "inside-equipment", "confined-space"] as const;
    const tests = places.flatMap((place) => newestTest(facts, place, atMs) ?? []);
    if (tests.length === 0) return need(testGas);
    for (const { measuredVolPercent, lelVolPercent, gas } of tests) {
      // Above the laxer limit nobody needs to know the LEL.
      const { volPercent: limitVolPercent, clause } = gasLimit(lelVolPercent ?? 4);
      if (measuredVolPercent !== null && !(measuredVolPercent <= limitVolPercent))
        return fail({ gas, volPercent: measuredVolPercent, limitVolPercent }, clause);
    }
    const isComplete = tests.every((test) => test.lelVolPercent !== null && test.measuredVolPercent !== null);
    return isComplete
      ? pass()
      : need(
          step(
            "complete-gas-test",
            "补全气体的爆炸下限和浓度",
            "Complete the gas test: LEL and concentration",
          ),
        );
  },
  examples: [
    ...(
      [
        [4, 0.5],
        [5, 0.5],
        [3.9, 0.2],
      ] as const
    ).flatMap(([lel, limit]) => [
      atStart(`LEL ${lel} vol%: just below ${limit} vol%`, "pass", gas(lel, limit - 0.01)),
      atStart(`LEL ${lel} vol%: at ${limit} vol%`, "pass", gas(lel, limit)),
      atStart(`LEL ${lel} vol%: just above ${limit} vol%`, "fail", gas(lel, limit + 0.01)),
    ]),
    during("rising during the work", "fail", gas(5, 0.6)),
    atStart("LEL unknown, little gas", "need", gas(null, 0.1)),
    atStart("LEL unknown, much gas", "fail", gas(null, 0.6)),
    atStart("only oxygen was measured", "need", gas(5, null)),
    atStart("clean outside, gas inside the vessel", "fail", (facts, atMs) => {
      const inside = { ...exampleGasTest(atMs), place: "inside-equipment", measuredVolPercent: 0.7 } as const;
      facts.gasTests = [exampleGasTest(atMs), inside];
    }),
    atStart("an old bad sample and a new good one", "pass", (facts, atMs) => {
      const old = { ...exampleGasTest(atMs), sampledAtMs: atMs - hoursMs(1), measuredVolPercent: 2 };
      facts.gasTests = [old, exampleGasTest(atMs)];
    }),
  ],
});

const specialMonitored = chemicalRule({
  id: "special-grade-monitored",
  rank: 45,
  moments: ["start", "during"],
  title: { zh: "特级动火没有连续监测气体", en: "Special-grade hot work without continuous gas monitoring" },
  clause: gb30871("5.3.1 d)"),
  fix: { zh: "请配备移动式检测仪连续监测", en: "Monitor continuously with a portable detector" },
  check: (facts, policy, atMs) =>
    gradeInForce(facts, policy, atMs) === "special"
      ? mustBe(facts.measures.isGasMonitoredContinuously, askMeasure("isGasMonitoredContinuously"))
      : pass(),
  examples: [
    atStart("monitored", "pass", onRunningPlant),
    during("the detector is off", "fail", monitored(false)),
    atStart("nobody has said", "need", monitored(null)),
    atStart("grade 2 without", "pass", ({ measures }) => {
      measures.isGasMonitoredContinuously = false;
    }),
  ],
});

const oxygenEquipmentLean = chemicalRule({
  id: "oxygen-equipment-lean",
  rank: 46,
  moments: ["start", "during"],
  title: {
    zh: "设备内氧含量 {volPercent}%，不得超过 {limitVolPercent}%",
    en: "Oxygen inside the equipment is at {volPercent} vol%; at most {limitVolPercent} vol% is allowed",
  },
  clause: gb30871("5.2.7"),
  fix: { zh: "请置换后重新检测", en: "Purge and test again" },
  appliesTo: (facts) => facts.place.isOxygenEquipment === true,
  check: (facts, _policy, atMs) => {
    const volPercent = newestTest(facts, "inside-equipment", atMs)?.oxygenVolPercent ?? null;
    if (volPercent === null)
      return need(step("test-oxygen-inside", "检测设备内氧含量", "Measure the oxygen inside the equipment"));
    return volPercent <= 23.5 ? pass() : fail({ volPercent, limitVolPercent: 23.5 });
  },
  examples: [
    ...(
      [
        [23.4, "just below", "pass"],
        [23.5, "at", "pass"],
        [23.6, "just above", "fail"],
      ] as const
    ).map(([oxygen, word, expected]) => atStart(`oxygen ${word} 23.5 vol%`, expected, oxygenInside(oxygen))),
    atStart("not measured", "need", oxygenInside(null)),
    atStart("no oxygen equipment", "skip"),
  ],
});

function sampled(agoMs: number) {
  return (facts: HotWorkFacts, atMs: number) => {
    facts.gasTests = [{ ...exampleGasTest(atMs), sampledAtMs: atMs - agoMs }];
  };
}

function measured(change: Partial<GasTest>) {
  return (facts: HotWorkFacts, atMs: number) => {
    facts.gasTests = [{ ...exampleGasTest(atMs), ...change }];
  };
}

function gas(lelVolPercent: number | null, measuredVolPercent: number | null) {
  // Sums of decimal fractions are written as people write them.
  const written = measuredVolPercent === null ? null : Math.round(measuredVolPercent * 1000) / 1000;
  return measured({ lelVolPercent, measuredVolPercent: written });
}

function broken(minutes: number, ms: number, change: (facts: HotWorkFacts) => void = () => {}) {
  return (facts: HotWorkFacts, atMs: number) => {
    change(facts);
    facts.progress.lastWorkEndedAtMs = atMs - minutesMs(minutes) - ms;
    facts.gasTests = [{ ...exampleGasTest(atMs), sampledAtMs: atMs - minutesMs(minutes + 60) - ms }];
  };
}

function monitored(value: boolean | null) {
  return (facts: HotWorkFacts) => {
    onRunningPlant(facts);
    facts.measures.isGasMonitoredContinuously = value;
  };
}

function oxygenInside(oxygenVolPercent: number | null) {
  return (facts: HotWorkFacts, atMs: number) => {
    facts.place.isOxygenEquipment = true;
    facts.gasTests = [
      exampleGasTest(atMs),
      { ...exampleGasTest(atMs), place: "inside-equipment", oxygenVolPercent },
    ];
  };
}

export const gasRules: readonly HotWorkRule[] = [
  sampleFresh,
  retestedAfterBreak,
  retestedDaily,
  sampledNear,
  belowLimit,
  specialMonitored,
  oxygenEquipmentLean,
];
