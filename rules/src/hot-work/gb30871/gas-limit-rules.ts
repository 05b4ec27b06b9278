import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { exampleGasTest, hoursMs } from "../example-facts.ts";
import { askMeasure } from "../fact-names.ts";
import type { HotWorkFacts } from "../facts.ts";
import { type HotWorkRule, mustBe, step } from "../hot-work-rule.ts";
import { gasLimit } from "../limits.ts";
import { answers, aroundLimit } from "../rule-kinds/limit-examples.ts";
import { chemicalExample, chemicalRule, gradeInForce, onRunningPlant } from "./chemical-rule.ts";
import { measured, newestTest, testGas } from "./gas-tests.ts";

const atStart = chemicalExample("start");
const during = chemicalExample("during");

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
        [4.1, 0.5],
        [3.9, 0.2],
      ] as const
    ).flatMap(([lel, limit]) =>
      aroundLimit(
        atStart,
        { value: limit, unit: "vol%", step: 0.01, name: `LEL ${lel} vol%` },
        ["pass", "pass", "fail"],
        (facts, volPercent, atMs) => gas(lel, volPercent)(facts, atMs),
      ),
    ),
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
    ...answers(during, (facts, value) => {
      onRunningPlant(facts);
      facts.measures.isGasMonitoredContinuously = value;
    }),
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
    ...aroundLimit(
      atStart,
      { value: 23.5, unit: "vol%", step: 0.1 },
      ["pass", "pass", "fail"],
      (facts, volPercent, atMs) => oxygenInside(volPercent)(facts, atMs),
    ),
    atStart("not measured", "need", oxygenInside(null)),
    atStart("no oxygen equipment", "skip"),
  ],
});

function gas(lelVolPercent: number | null, measuredVolPercent: number | null) {
  return measured({ lelVolPercent, measuredVolPercent });
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

export const gasLimitRules: readonly HotWorkRule[] = [belowLimit, specialMonitored, oxygenEquipmentLean];
