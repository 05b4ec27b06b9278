import { fail, need, pass } from "../../rule.ts";
import { gb30871 } from "../clauses.ts";
import { askDistance, askMeasure } from "../fact-names.ts";
import type { HotWorkFacts, NearestMetres } from "../facts.ts";
import { type HotWorkRule, mustBe, mustBeBeyond } from "../hot-work-rule.ts";
import { cylindersAwayFromHotWorkPoint, oxygenAndAcetyleneApart } from "../rule-kinds/cylinders-apart.ts";
import { keptAway } from "../rule-kinds/kept-away.ts";
import { aroundLimit } from "../rule-kinds/limit-examples.ts";
import { measureTaken } from "../rule-kinds/measure-taken.ts";
import { chemicalExample, chemicalRule, gb30871Rule } from "./chemical-rule.ts";

const atStart = chemicalExample("start");
const regimes = ["chemical"] as const;

const leakCapableIsolated = chemicalRule({
  id: "leak-capable-equipment-isolated",
  rank: 50,
  moments: ["start", "during"],
  title: {
    zh: "{metres} 米处有可能泄漏的设备未隔离（{limitMetres} 米内须隔离）",
    en: "Equipment that may leak stands {metres} m away and is not isolated (within {limitMetres} m it must be)",
  },
  clause: gb30871("5.2.4"),
  fix: { zh: "请先隔离 15 米内可能泄漏的设备设施", en: "Isolate the equipment within 15 m that may leak" },
  check: ({ distances, measures }) => {
    const beyond = mustBeBeyond(distances.leakCapableEquipment, 15, askDistance("leakCapableEquipment"));
    if (beyond.result !== "fail") return beyond;
    const key = "isLeakCapableEquipmentIsolated";
    return mustBe(measures[key], askMeasure(key), beyond.data);
  },
  examples: [
    atStart("none", "pass"),
    ...aroundLimit(
      atStart,
      { value: 15, unit: "m", step: 0.1, name: "not isolated" },
      ["fail", "fail", "pass"],
      (facts, metres) => leaking(metres, false)(facts),
    ),
    atStart("near and isolated", "pass", leaking(3, true)),
    atStart("near, nobody has said whether isolated", "need", leaking(3, null)),
    atStart("nobody has looked", "need", leaking(null, false)),
  ],
});

const machineNear = chemicalRule({
  id: "machine-near-hot-work-point",
  rank: 55,
  moments: ["start", "during"],
  title: {
    zh: "焊机离动火点 {metres} 米，超过 {limitMetres} 米",
    en: "The welding machine stands {metres} m from the hot-work point, more than {limitMetres} m",
  },
  clause: gb30871("5.2.12"),
  fix: {
    zh: "请把焊机移到 {limitMetres} 米内，或把焊机也按动火点管理",
    en: "Move it within {limitMetres} m, or treat the machine as a hot-work point too",
  },
  check: ({ distances: { machine }, measures }) => {
    const limitMetres = 10;
    if (machine === null) return need(askDistance("machine"));
    if (machine === "none" || machine <= limitMetres || measures.isMachineManagedAsHotWorkPoint)
      return pass();
    return fail({ metres: machine, limitMetres });
  },
  examples: [
    ...aroundLimit(atStart, { value: 10, unit: "m", step: 0.1 }, ["pass", "pass", "fail"], (facts, metres) =>
      machineAt(metres)(facts),
    ),
    atStart("far away and treated as a hot-work point", "pass", (facts) => {
      machineAt(30)(facts);
      facts.measures.isMachineManagedAsHotWorkPoint = true;
    }),
    atStart("nobody has measured", "need", machineAt(null)),
  ],
});

function leaking(metres: NearestMetres, isIsolated: boolean | null) {
  return (facts: HotWorkFacts) => {
    facts.distances.leakCapableEquipment = metres;
    facts.measures.isLeakCapableEquipmentIsolated = isIsolated;
  };
}

function machineAt(metres: NearestMetres) {
  return (facts: HotWorkFacts) => {
    facts.distances.machine = metres;
  };
}

function withCylinders(facts: HotWorkFacts): void {
  facts.usesGasCylinders = true;
}

const isWithCylinders = (facts: HotWorkFacts) => facts.usesGasCylinders === true;

export const distanceRules: readonly HotWorkRule[] = [
  leakCapableIsolated,
  keptAway(gb30871Rule, "combustibleGasDischarge", 30, {
    id: "no-combustible-gas-discharge",
    rank: 51,
    regimes,
    clause: gb30871("5.2.9"),
    title: {
      zh: "{limitMetres} 米内有可燃气体排放",
      en: "Combustible gas is discharged within {limitMetres} m",
    },
    fix: { zh: "请停止排放可燃气体，或停止动火", en: "Stop the discharge of gas, or the hot work" },
  }),
  keptAway(gb30871Rule, "combustibleLiquidDischarge", 15, {
    id: "no-combustible-liquid-discharge",
    rank: 52,
    regimes,
    clause: gb30871("5.2.9"),
    title: {
      zh: "{limitMetres} 米内有可燃液体排放",
      en: "Combustible liquid is discharged within {limitMetres} m",
    },
    fix: { zh: "请停止排放可燃液体，或停止动火", en: "Stop the discharge of liquid, or the hot work" },
  }),
  keptAway(gb30871Rule, "solventCleaningOrPainting", 10, {
    id: "no-solvent-cleaning-or-painting",
    rank: 53,
    regimes,
    clause: gb30871("5.2.9"),
    title: {
      zh: "{limitMetres} 米内或上下方有溶剂清洗或喷漆",
      en: "Solvent cleaning or painting within {limitMetres} m, or above or below",
    },
    fix: { zh: "请错开时间：不得与动火同时进行", en: "Do one after the other, never at the same time" },
  }),
  keptAway(gb30871Rule, "dustSweeping", 10, {
    id: "no-dust-sweeping",
    rank: 54,
    regimes,
    clause: gb30871("5.2.9"),
    title: {
      zh: "{limitMetres} 米内有可燃性粉尘清扫",
      en: "Combustible dust is swept within {limitMetres} m",
    },
    fix: { zh: "请停止清扫，或停止动火", en: "Stop the sweeping, or the hot work" },
  }),
  machineNear,
  keptAway(gb30871Rule, "hazardousTrain", 25, {
    id: "no-hazardous-train",
    rank: 56,
    regimes,
    clause: gb30871("5.2.10"),
    title: {
      zh: "{limitMetres} 米内有装危险化学品的火车",
      en: "A train with hazardous chemicals is within {limitMetres} m",
    },
    fix: { zh: "请立即停止动火，火车离开后再作业", en: "Stop at once and wait until the train has gone" },
  }),
  oxygenAndAcetyleneApart(gb30871Rule, { rank: 57, regimes, clause: gb30871("5.2.13") }),
  cylindersAwayFromHotWorkPoint(gb30871Rule, { rank: 58, regimes, clause: gb30871("5.2.13") }),
  measureTaken(gb30871Rule, {
    id: "acetylene-upright",
    rank: 59,
    regimes,
    clause: gb30871("5.2.13"),
    key: "isAcetyleneUpright",
    title: { zh: "乙炔瓶没有直立放置", en: "The acetylene cylinder does not stand upright" },
    fix: { zh: "请把乙炔瓶立起并固定", en: "Stand it up and fasten it" },
    appliesTo: isWithCylinders,
    given: withCylinders,
  }),
  measureTaken(gb30871Rule, {
    id: "flashback-arrestor",
    rank: 60,
    regimes,
    clause: gb30871("5.2.13"),
    key: "hasFlashbackArrestor",
    title: { zh: "乙炔瓶没有防回火装置", en: "The acetylene cylinder has no flashback arrestor" },
    fix: { zh: "请安装防回火装置", en: "Fit a flashback arrestor" },
    appliesTo: isWithCylinders,
    given: withCylinders,
  }),
];
