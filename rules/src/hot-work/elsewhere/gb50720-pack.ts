import { fail, need, pass } from "../../rule.ts";
import type { Text } from "../../text.ts";
import { gb50720 } from "../clauses.ts";
import { askDistance, askMeasure } from "../fact-names.ts";
import type { NearestMetres } from "../facts.ts";
import {
  examplesOf,
  type HotWorkPack,
  type HotWorkRule,
  mustBe,
  mustBeApart,
  rulesOf,
  step,
} from "../hot-work-rule.ts";

const rule = rulesOf("gb-50720", "2020-01-01");
const atIssue = examplesOf("building-site", "issue");
const atStart = examplesOf("building-site", "start");
const during = examplesOf("building-site", "during");
const atClose = examplesOf("building-site", "close");
const working = ["start", "during"] as const;

const signerInspected = rule({
  id: "signer-inspected",
  rank: 37,
  regimes: ["building-site"],
  moments: ["issue", "start"],
  title: { zh: "签发人没有先到现场查验", en: "Who signs the permit has not inspected the place" },
  clause: gb50720,
  fix: {
    zh: "请签发人到现场查验并确认防火措施后签发",
    en: "Have the signer inspect the place before signing",
  },
  check: ({ measures }) => mustBe(measures.hasSignerInspected, askMeasure("hasSignerInspected")),
  examples: (
    [
      [true, "inspected", "pass"],
      [false, "signed from a desk", "fail"],
      [null, "nobody has said", "need"],
    ] as const
  ).map(([value, name, expected]) =>
    atIssue(name, expected, ({ measures }) => {
      measures.hasSignerInspected = value;
    }),
  ),
});

const oneWatchPerPoint = rule({
  id: "one-watch-per-point",
  rank: 38,
  regimes: ["building-site"],
  moments: working,
  title: {
    zh: "一名监护人同时看 {points} 个动火点，每个动火点应有一名",
    en: "One fire watch looks after {points} hot-work points; each must have its own",
  },
  clause: gb50720,
  fix: { zh: "请为每个动火点各安排一名监护人", en: "Give each hot-work point its own fire watch" },
  check: ({ people: { pointsPerWatch } }) => {
    if (pointsPerWatch === null)
      return need(step("count-points", "填写监护人负责的动火点数", "Say how many points the fire watch has"));
    return pointsPerWatch <= 1 ? pass() : fail({ points: pointsPerWatch });
  },
  examples: (
    [
      [1, "one point", "pass"],
      [2, "two points", "fail"],
      [null, "nobody has said", "need"],
    ] as const
  ).map(([points, name, expected]) =>
    atStart(name, expected, ({ people }) => {
      people.pointsPerWatch = points;
    }),
  ),
});

const calmOutdoors = rule({
  id: "calm-outdoors",
  rank: 39,
  regimes: ["building-site"],
  moments: working,
  title: {
    zh: "风力 {windForce} 级：五级及以上应停止露天动火",
    en: "Wind force {windForce}: from force 5 on hot work outdoors stops",
  },
  clause: gb50720,
  fix: { zh: "请等风力降到五级以下", en: "Wait until the wind is below force 5" },
  appliesTo: ({ place }) => place.isOutdoors === true,
  check: ({ windForceBeaufort }) => {
    if (windForceBeaufort === null)
      return need(step("read-wind", "填写现场风力", "Enter the wind force at the place"));
    return windForceBeaufort < 5 ? pass() : fail({ windForce: windForceBeaufort });
  },
  examples: (
    [
      [4, "just below force 5", "pass"],
      [5, "at force 5", "fail"],
      [6, "just above force 5", "fail"],
      [null, "nobody has read the wind", "need"],
    ] as const
  ).map(([force, name, expected]) =>
    during(name, expected, (facts) => {
      facts.windForceBeaufort = force;
    }),
  ),
});

function cylindersApart(
  id: string,
  rank: number,
  key: "oxygenToAcetylene" | "cylinders",
  limitMetres: number,
  title: Text,
  fix: Text,
): HotWorkRule {
  return rule({
    id,
    rank,
    regimes: ["building-site"],
    moments: working,
    title,
    clause: gb50720,
    fix,
    appliesTo: (facts) => facts.usesGasCylinders === true,
    check: ({ distances }) => mustBeApart(distances[key], limitMetres, askDistance(key)),
    examples: (
      [
        [limitMetres - 0.1, `just below ${limitMetres} m`, "fail"],
        [limitMetres, `at ${limitMetres} m`, "pass"],
        [limitMetres + 0.1, `just above ${limitMetres} m`, "pass"],
        [null, "nobody has measured", "need"],
      ] as readonly (readonly [NearestMetres, string, "pass" | "fail" | "need"])[]
    ).map(([metres, name, expected]) =>
      atStart(name, expected, (facts) => {
        facts.usesGasCylinders = true;
        facts.distances[key] = metres;
      }),
    ),
  });
}

const noResidualFire = rule({
  id: "no-residual-fire",
  rank: 93,
  regimes: ["building-site"],
  moments: ["close"],
  title: { zh: "现场还有火情", en: "There is still fire at the place" },
  clause: gb50720,
  fix: { zh: "请检查现场，确认无火情后再离开", en: "Check the place and leave only when there is no fire" },
  check: ({ progress }) =>
    mustBe(
      progress.isResidualFireExcluded,
      step("exclude-residual-fire", "确认无残留火种", "Confirm that nothing smoulders"),
    ),
  examples: (
    [
      [true, "no fire", "pass"],
      [false, "fire", "fail"],
      [null, "nobody has looked", "need"],
    ] as const
  ).map(([value, name, expected]) =>
    atClose(name, expected, ({ progress }) => {
      progress.isResidualFireExcluded = value;
    }),
  ),
});

/** Fire safety of building sites. Its text has not been read by us. */
export const gb50720Pack: HotWorkPack = {
  id: "gb-50720",
  title: { zh: "GB 50720 建筑工地", en: "GB 50720, building sites" },
  rules: [
    signerInspected,
    oneWatchPerPoint,
    calmOutdoors,
    cylindersApart(
      "oxygen-and-acetylene-apart",
      61,
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
      62,
      "cylinders",
      10,
      {
        zh: "气瓶离明火不足 {limitMetres} 米",
        en: "A cylinder stands less than {limitMetres} m from the flame",
      },
      { zh: "请把气瓶移到 {limitMetres} 米以外", en: "Move the cylinders at least {limitMetres} m away" },
    ),
    noResidualFire,
  ],
};
