import type { Clause } from "../../clause.ts";
import { fail, need, pass } from "../../rule.ts";
import type { Text } from "../../text.ts";
import { gb30871 } from "../clauses.ts";
import { askDistance, askMeasure } from "../fact-names.ts";
import type { HotWorkDistances, HotWorkFacts, NearestMetres } from "../facts.ts";
import { type HotWorkRule, mustBe, mustBeApart, mustBeBeyond } from "../hot-work-rule.ts";
import { chemicalExample, chemicalRule } from "./chemical-rule.ts";

const working = ["start", "during"] as const;
const atStart = chemicalExample("start");
const during = chemicalExample("during");

type DistanceKey = keyof HotWorkDistances;

/** Nothing of a kind within so many metres, the limit itself included. */
function keepAway(
  id: string,
  rank: number,
  key: DistanceKey,
  limitMetres: number,
  clause: Clause,
  title: Text,
  fix: Text,
): HotWorkRule {
  return chemicalRule({
    id,
    rank,
    moments: working,
    title,
    clause,
    fix,
    check: ({ distances }) => mustBeBeyond(distances[key], limitMetres, askDistance(key)),
    examples: [
      atStart(`nothing near`, "pass", nearest(key, "none")),
      atStart(`just below ${limitMetres} m`, "fail", nearest(key, limitMetres - 0.1)),
      atStart(`at ${limitMetres} m`, "fail", nearest(key, limitMetres)),
      during(`just above ${limitMetres} m`, "pass", nearest(key, limitMetres + 0.1)),
      during("nobody has looked", "need", nearest(key, null)),
    ],
  });
}

const leakCapableIsolated = chemicalRule({
  id: "leak-capable-equipment-isolated",
  rank: 50,
  moments: working,
  title: {
    zh: "{metres} 米处有可能泄漏的设备未隔离（15 米内须隔离）",
    en: "Equipment that may leak stands {metres} m away and is not isolated (within 15 m it must be)",
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
    atStart("just below 15 m, not isolated", "fail", leaking(14.9, false)),
    atStart("at 15 m, not isolated", "fail", leaking(15, false)),
    atStart("just above 15 m, not isolated", "pass", leaking(15.1, false)),
    atStart("at 3 m, isolated", "pass", leaking(3, true)),
    atStart("at 3 m, nobody has said whether isolated", "need", leaking(3, null)),
    atStart("nobody has looked", "need", leaking(null, false)),
  ],
});

const machineNear = chemicalRule({
  id: "machine-near-hot-work-point",
  rank: 55,
  moments: working,
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
    atStart("just below 10 m", "pass", nearest("machine", 9.9)),
    atStart("at 10 m", "pass", nearest("machine", 10)),
    atStart("just above 10 m", "fail", nearest("machine", 10.1)),
    atStart("30 m away and treated as a hot-work point", "pass", (facts) => {
      facts.distances.machine = 30;
      facts.measures.isMachineManagedAsHotWorkPoint = true;
    }),
    atStart("nobody has measured", "need", nearest("machine", null)),
  ],
});

/** Two things at least so many metres apart, where gas cylinders are in use. */
function cylindersApart(
  id: string,
  rank: number,
  key: DistanceKey,
  limitMetres: number,
  title: Text,
  fix: Text,
): HotWorkRule {
  return chemicalRule({
    id,
    rank,
    moments: working,
    title,
    clause: gb30871("5.2.13"),
    fix,
    appliesTo: (facts) => facts.usesGasCylinders === true,
    check: ({ distances }) => mustBeApart(distances[key], limitMetres, askDistance(key)),
    examples: [
      atStart(`just below ${limitMetres} m`, "fail", withCylinders(key, limitMetres - 0.1)),
      atStart(`at ${limitMetres} m`, "pass", withCylinders(key, limitMetres)),
      atStart(`just above ${limitMetres} m`, "pass", withCylinders(key, limitMetres + 0.1)),
      atStart("nobody has measured", "need", withCylinders(key, null)),
      atStart("arc welding needs no cylinders", "skip"),
    ],
  });
}

function acetylene(
  id: string,
  rank: number,
  key: "isAcetyleneUpright" | "hasFlashbackArrestor",
  title: Text,
  fix: Text,
) {
  return chemicalRule({
    id,
    rank,
    moments: working,
    title,
    clause: gb30871("5.2.13"),
    fix,
    appliesTo: (facts) => facts.usesGasCylinders === true,
    check: ({ measures }) => mustBe(measures[key], askMeasure(key)),
    examples: (
      [
        [true, "pass"],
        [false, "fail"],
        [null, "need"],
      ] as const
    ).map(([value, expected]) =>
      atStart(
        value === null ? "nobody has said" : value ? "as it should be" : "not so",
        expected,
        (facts) => {
          facts.usesGasCylinders = true;
          facts.measures[key] = value;
        },
      ),
    ),
  });
}

function nearest(key: DistanceKey, metres: NearestMetres) {
  return (facts: HotWorkFacts) => {
    facts.distances[key] = metres;
  };
}

function leaking(metres: NearestMetres, isIsolated: boolean | null) {
  return (facts: HotWorkFacts) => {
    facts.distances.leakCapableEquipment = metres;
    facts.measures.isLeakCapableEquipmentIsolated = isIsolated;
  };
}

function withCylinders(key: DistanceKey, metres: NearestMetres) {
  return (facts: HotWorkFacts) => {
    facts.usesGasCylinders = true;
    facts.distances[key] = metres;
  };
}

export const distanceRules: readonly HotWorkRule[] = [
  leakCapableIsolated,
  keepAway(
    "no-combustible-gas-discharge",
    51,
    "combustibleGasDischarge",
    30,
    gb30871("5.2.9"),
    { zh: "{limitMetres} 米内有可燃气体排放", en: "Combustible gas is discharged within {limitMetres} m" },
    { zh: "请停止排放可燃气体，或停止动火", en: "Stop the discharge, or stop the hot work" },
  ),
  keepAway(
    "no-combustible-liquid-discharge",
    52,
    "combustibleLiquidDischarge",
    15,
    gb30871("5.2.9"),
    { zh: "{limitMetres} 米内有可燃液体排放", en: "Combustible liquid is discharged within {limitMetres} m" },
    { zh: "请停止排放可燃液体，或停止动火", en: "Stop the discharge, or stop the hot work" },
  ),
  keepAway(
    "no-solvent-cleaning-or-painting",
    53,
    "solventCleaningOrPainting",
    10,
    gb30871("5.2.9"),
    {
      zh: "{limitMetres} 米内或上下方有溶剂清洗或喷漆",
      en: "Solvent cleaning or painting within {limitMetres} m, or above or below",
    },
    { zh: "请错开时间：不得与动火同时进行", en: "Do one after the other, never at the same time" },
  ),
  keepAway(
    "no-dust-sweeping",
    54,
    "dustSweeping",
    10,
    gb30871("5.2.9"),
    { zh: "{limitMetres} 米内有可燃性粉尘清扫", en: "Combustible dust is swept within {limitMetres} m" },
    { zh: "请停止清扫，或停止动火", en: "Stop the sweeping, or stop the hot work" },
  ),
  machineNear,
  keepAway(
    "no-hazardous-train",
    56,
    "hazardousTrain",
    25,
    gb30871("5.2.10"),
    {
      zh: "{limitMetres} 米内有装危险化学品的火车",
      en: "A train with hazardous chemicals is within {limitMetres} m",
    },
    { zh: "请立即停止动火，火车离开后再作业", en: "Stop at once and wait until the train has gone" },
  ),
  cylindersApart(
    "oxygen-and-acetylene-apart",
    57,
    "oxygenToAcetylene",
    5,
    {
      zh: "氧气瓶与乙炔瓶相距不足 {limitMetres} 米",
      en: "Oxygen and acetylene stand less than {limitMetres} m apart",
    },
    { zh: "请把两瓶分开至少 {limitMetres} 米", en: "Move them at least {limitMetres} m apart" },
  ),
  cylindersApart(
    "cylinders-away-from-hot-work-point",
    58,
    "cylinders",
    10,
    {
      zh: "气瓶离动火点不足 {limitMetres} 米",
      en: "A cylinder stands less than {limitMetres} m from the hot-work point",
    },
    { zh: "请把气瓶移到 {limitMetres} 米以外", en: "Move the cylinders at least {limitMetres} m away" },
  ),
  acetylene(
    "acetylene-upright",
    59,
    "isAcetyleneUpright",
    { zh: "乙炔瓶没有直立放置", en: "The acetylene cylinder does not stand upright" },
    { zh: "请把乙炔瓶立起并固定", en: "Stand it up and fasten it" },
  ),
  acetylene(
    "flashback-arrestor",
    60,
    "hasFlashbackArrestor",
    { zh: "乙炔瓶没有防回火装置", en: "The acetylene cylinder has no flashback arrestor" },
    { zh: "请安装防回火装置", en: "Fit a flashback arrestor" },
  ),
];
