import { fail, need, pass } from "../../rule.ts";
import { gb50720 } from "../clauses.ts";
import { examplesOf, type HotWorkPack, rulesOf, step } from "../hot-work-rule.ts";
import { cylindersAwayFromHotWorkPoint, oxygenAndAcetyleneApart } from "../rule-kinds/cylinders-apart.ts";
import { aroundLimit } from "../rule-kinds/limit-examples.ts";
import { measureTaken } from "../rule-kinds/measure-taken.ts";
import { noResidualFire } from "../rule-kinds/no-residual-fire.ts";
import { readWind } from "../rule-kinds/read-wind.ts";

const rule = rulesOf("gb-50720", "2020-01-01");
const atStart = examplesOf("building-site", "start");
const during = examplesOf("building-site", "during");
const onSites = { regimes: ["building-site"], clause: gb50720 } as const;

const oneWatchPerPoint = rule({
  ...onSites,
  id: "one-watch-per-point",
  rank: 38,
  moments: ["start", "during"],
  title: {
    zh: "一名监护人同时看 {points} 个动火点，每个动火点应有一名",
    en: "One fire watch looks after {points} hot-work points; each must have its own",
  },
  fix: { zh: "请为每个动火点各安排一名监护人", en: "Give each hot-work point its own fire watch" },
  check: ({ people: { pointsPerWatch } }) => {
    if (pointsPerWatch === null)
      return need(step("count-points", "填写监护人负责的动火点数", "Say how many points the fire watch has"));
    return pointsPerWatch <= 1 ? pass() : fail({ points: pointsPerWatch });
  },
  examples: [
    atStart("one point", "pass"),
    atStart("two points", "fail", ({ people }) => {
      people.pointsPerWatch = 2;
    }),
    atStart("nobody has said", "need", ({ people }) => {
      people.pointsPerWatch = null;
    }),
  ],
});

const calmOutdoors = rule({
  ...onSites,
  id: "calm-outdoors",
  rank: 39,
  moments: ["start", "during"],
  title: {
    zh: "风力 {windForce} 级：五级及以上应停止露天动火",
    en: "Wind force {windForce}: from force 5 on hot work outdoors stops",
  },
  fix: { zh: "请等风力降到五级以下", en: "Wait until the wind is below force 5" },
  appliesTo: ({ place }) => place.isOutdoors === true,
  check: ({ windForceBeaufort }) => {
    if (windForceBeaufort === null) return need(readWind);
    return windForceBeaufort < 5 ? pass() : fail({ windForce: windForceBeaufort });
  },
  examples: [
    ...aroundLimit(
      during,
      { value: 5, unit: "Beaufort", step: 1 },
      ["pass", "fail", "fail"],
      (facts, force) => {
        facts.windForceBeaufort = force;
      },
    ),
    during("nobody has read the wind", "need", (facts) => {
      facts.windForceBeaufort = null;
    }),
  ],
});

/** Fire safety of building sites. Its text has not been read by us. */
export const gb50720Pack: HotWorkPack = {
  id: "gb-50720",
  title: { zh: "GB 50720 建筑工地", en: "GB 50720, building sites" },
  rules: [
    measureTaken(rule, {
      ...onSites,
      id: "signer-inspected",
      rank: 37,
      moments: ["issue", "start"],
      key: "hasSignerInspected",
      title: { zh: "签发人没有先到现场查验", en: "Who signs the permit has not inspected the place" },
      fix: { zh: "请签发人到现场查验后再签发", en: "Have the signer inspect the place before signing" },
    }),
    oneWatchPerPoint,
    calmOutdoors,
    oxygenAndAcetyleneApart(rule, { ...onSites, rank: 61 }),
    cylindersAwayFromHotWorkPoint(rule, { ...onSites, rank: 62 }),
    noResidualFire(rule, { ...onSites, rank: 93 }),
  ],
};
