import { fail, need, pass } from "../../rule.ts";
import { order61 } from "../clauses.ts";
import { hoursMs } from "../example-facts.ts";
import { askMeasure, askPlace } from "../fact-names.ts";
import type { HotWorkFacts, HotWorkMeasures } from "../facts.ts";
import {
  chinaRegimes,
  examplesOf,
  exceptChemical,
  type HotWorkPack,
  type HotWorkRule,
  mustBe,
  rulesOf,
  step,
} from "../hot-work-rule.ts";
import { permitApproved } from "./permit-approved.ts";

export const order61PackId = "order-61";

const rule = rulesOf(order61PackId, "2002-05-01");
const venueStart = examplesOf("entertainment-venue", "start");
const venueDuring = examplesOf("entertainment-venue", "during");
const mallStart = examplesOf("crowded-place", "start");
const mallDuring = examplesOf("crowded-place", "during");
const working = ["start", "during"] as const;

const venueClosed = rule({
  id: "entertainment-venue-closed",
  rank: 7,
  regimes: ["entertainment-venue"],
  moments: working,
  title: {
    zh: "公共娱乐场所营业期间禁止动火施工",
    en: "No hot work in an entertainment venue in opening hours",
  },
  clause: order61("20"),
  fix: { zh: "请在停止营业、人员离开后作业", en: "Work when the venue is closed and people have left" },
  check: ({ place }) => {
    if (place.openingHours === null) return need(askPlace("openingHours"));
    return place.openingHours === "closed" ? pass() : fail();
  },
  examples: [
    venueStart("closed", "pass"),
    venueStart("open", "fail", opened),
    venueDuring("it opens while work goes on", "fail", opened),
    venueStart("nobody has said", "need", ({ place }) => {
      place.openingHours = null;
    }),
  ],
});

const watchOnSite = rule({
  id: "watch-on-site",
  rank: 31,
  regimes: exceptChemical,
  moments: working,
  title: { zh: "现场没有监护人", en: "Nobody watches at the place" },
  clause: order61("20"),
  fix: { zh: "请监护人到现场并扫场所码", en: "Have the fire watch come and scan the site code" },
  check: ({ people }) =>
    mustBe(
      people.isWatchPresent,
      step("watch-scans-site-code", "监护人扫场所码", "The fire watch scans the site code"),
    ),
  examples: [
    mallStart("watched", "pass"),
    mallDuring("the watch has gone", "fail", ({ people }) => {
      people.isWatchPresent = false;
    }),
    mallStart("has not scanned", "need", ({ people }) => {
      people.isWatchPresent = null;
    }),
  ],
});

const fireSeparated = rule({
  id: "fire-separated",
  rank: 32,
  regimes: chinaRegimes,
  moments: working,
  title: {
    zh: "施工区和使用区没有防火分隔",
    en: "The work area is not fire-separated from the area in use",
  },
  clause: order61("20"),
  fix: { zh: "请先做好防火分隔", en: "Put up the fire separation first" },
  appliesTo: ({ place }) => place.isSharedBuilding === true,
  check: ({ place }) => mustBe(place.isFireSeparated, askPlace("isFireSeparated")),
  examples: [
    mallStart("separated", "pass", shared),
    mallStart("not separated", "fail", (facts) => {
      shared(facts);
      facts.place.isFireSeparated = false;
    }),
    mallStart("nobody has said", "need", (facts) => {
      shared(facts);
      facts.place.isFireSeparated = null;
    }),
    mallStart("nobody else uses the building", "skip"),
  ],
});

/** What art. 20 asks in a building that others use while work goes on. */
function sharedBuildingMeasure(
  id: string,
  rank: number,
  key: keyof HotWorkMeasures,
  title: { zh: string; en: string },
  fix: { zh: string; en: string },
): HotWorkRule {
  const set = (value: boolean | null) => (facts: HotWorkFacts) => {
    shared(facts);
    facts.measures[key] = value;
  };
  return rule({
    id,
    rank,
    regimes: chinaRegimes,
    moments: working,
    title,
    clause: order61("20"),
    fix,
    appliesTo: ({ place }) => place.isSharedBuilding === true,
    check: ({ measures }) => mustBe(measures[key], askMeasure(key)),
    examples: [
      mallStart("done", "pass", set(true)),
      mallStart("not done", "fail", set(false)),
      mallStart("nobody has said", "need", set(null)),
    ],
  });
}

const patrolled = rule({
  id: "patrol-every-2-hours",
  rank: 35,
  regimes: ["crowded-place", "entertainment-venue"],
  moments: ["during"],
  title: {
    zh: "营业期间已 {hours} 小时没有防火巡查，至少每 2 小时一次",
    en: "In opening hours the last fire patrol was {hours} h ago; there must be one every 2 h",
  },
  clause: order61("25"),
  fix: { zh: "请立即防火巡查并记录", en: "Patrol now and record it" },
  appliesTo: ({ place }) => place.openingHours !== "closed",
  check: ({ progress: { lastPatrolAtMs } }, _policy, atMs) => {
    if (lastPatrolAtMs === null) return need(step("patrol", "防火巡查并记录", "Patrol and record it"));
    const agoMs = atMs - lastPatrolAtMs;
    return agoMs <= hoursMs(2) ? pass() : fail({ hours: Math.floor(agoMs / 36_000) / 100 });
  },
  examples: [
    ...(
      [
        ["just less than", -1, "pass"],
        ["exactly", 0, "pass"],
        ["just more than", 1, "fail"],
      ] as const
    ).map(([word, ms, expected]) =>
      mallDuring(`the last patrol was ${word} 2 h ago`, expected, (facts, atMs) => {
        opened(facts);
        facts.progress.lastPatrolAtMs = atMs - hoursMs(2) - ms;
      }),
    ),
    mallDuring("no patrol yet", "need", (facts) => {
      opened(facts);
      facts.progress.lastPatrolAtMs = null;
    }),
    mallDuring("closed", "skip"),
  ],
});

function opened({ place }: HotWorkFacts): void {
  place.openingHours = "open";
}

function shared({ place }: HotWorkFacts): void {
  place.isSharedBuilding = true;
}

/** Order 61: fire safety management of units, for every work regime in China. */
export const order61Pack: HotWorkPack = {
  id: order61PackId,
  title: { zh: "公安部令第61号", en: "Order No. 61" },
  rules: [
    permitApproved(rule, 2, chinaRegimes, order61("20")),
    venueClosed,
    watchOnSite,
    fireSeparated,
    sharedBuildingMeasure(
      "shared-building-cleared",
      33,
      "areCombustiblesClearedOrShielded",
      { zh: "动火区域的易燃、可燃物没有清除", en: "The area is not cleared of what burns" },
      { zh: "请清除动火区域的易燃、可燃物", en: "Clear the area of what burns" },
    ),
    sharedBuildingMeasure(
      "shared-building-extinguisher",
      34,
      "isExtinguisherReady",
      { zh: "没有配置消防器材", en: "No extinguishers are ready" },
      { zh: "请配置消防器材", en: "Bring extinguishers" },
    ),
    patrolled,
  ],
};
