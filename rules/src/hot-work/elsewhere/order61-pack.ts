import { fail, need, pass } from "../../rule.ts";
import { order61 } from "../clauses.ts";
import { hoursMs } from "../example-facts.ts";
import { askPlace } from "../fact-names.ts";
import type { HotWorkFacts } from "../facts.ts";
import {
  chinaRegimes,
  examplesOf,
  exceptChemical,
  type HotWorkPack,
  mustBe,
  rulesOf,
  step,
} from "../hot-work-rule.ts";
import { answers, aroundTime } from "../rule-kinds/limit-examples.ts";
import { measureTaken } from "../rule-kinds/measure-taken.ts";
import { permitApproved } from "../rule-kinds/permit-approved.ts";
import { watchPresent } from "../rule-kinds/watch-present.ts";

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

/** What art. 20 asks in a building that others use while work goes on. */
const inSharedBuilding = {
  regimes: chinaRegimes,
  clause: order61("20"),
  appliesTo: ({ place }: HotWorkFacts) => place.isSharedBuilding === true,
  given: shared,
};

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
  appliesTo: inSharedBuilding.appliesTo,
  check: ({ place }) => mustBe(place.isFireSeparated, askPlace("isFireSeparated")),
  examples: [
    ...answers(mallStart, (facts, value) => {
      shared(facts);
      facts.place.isFireSeparated = value;
    }),
    mallStart("nobody else uses the building", "skip"),
  ],
});

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
    ...aroundTime(
      mallDuring,
      { value: 2, unit: "h", name: "the last patrol" },
      ["pass", "pass", "fail"],
      (facts, agoMs, atMs) => {
        opened(facts);
        facts.progress.lastPatrolAtMs = atMs - agoMs;
      },
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
    watchPresent(rule, {
      id: "watch-on-site",
      rank: 31,
      regimes: exceptChemical,
      clause: order61("20"),
      fix: { zh: "请监护人到现场并扫场所码", en: "Have the fire watch come and scan the site code" },
    }),
    fireSeparated,
    measureTaken(rule, {
      ...inSharedBuilding,
      id: "shared-building-cleared",
      rank: 33,
      key: "areCombustiblesClearedOrShielded",
      title: { zh: "动火区域的易燃、可燃物没有清除", en: "The area is not cleared of what burns" },
      fix: { zh: "请清除动火区域的易燃、可燃物", en: "Clear the area of what burns" },
    }),
    measureTaken(rule, {
      ...inSharedBuilding,
      id: "shared-building-extinguisher",
      rank: 34,
      key: "isExtinguisherReady",
      title: { zh: "没有配置消防器材", en: "No extinguishers are ready" },
      fix: { zh: "请配置消防器材", en: "Bring extinguishers" },
    }),
    patrolled,
  ],
};
