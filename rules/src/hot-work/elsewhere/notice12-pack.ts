import { fail, need, pass } from "../../rule.ts";
import { notice12 } from "../clauses.ts";
import { askPlace } from "../fact-names.ts";
import type { HotWorkFacts } from "../facts.ts";
import { examplesOf, type HotWorkPack, mustBe, rulesOf } from "../hot-work-rule.ts";
import { measureTaken } from "../rule-kinds/measure-taken.ts";

// The notice's own day is not known to us; it is of 2024, so that this day is surely after it.
const rule = rulesOf("notice-12", "2025-01-01");
const atStart = examplesOf("crowded-place", "start");
const during = examplesOf("crowded-place", "during");

const notInOpeningHours = rule({
  id: "crowded-place-closed",
  rank: 8,
  regimes: ["crowded-place"],
  moments: ["start", "during"],
  title: {
    zh: "人员密集场所营业期间不得违规动火",
    en: "No hot work in a crowded place in opening hours",
  },
  clause: notice12,
  fix: { zh: "请在停止营业后作业", en: "Work when the place is closed" },
  check: ({ place }, { crowdedPlaceInOpeningHours }) => {
    if (place.openingHours === null) return need(askPlace("openingHours"));
    if (place.openingHours === "closed") return pass();
    return crowdedPlaceInOpeningHours === "allow-separated"
      ? mustBe(place.isFireSeparated, askPlace("isFireSeparated"))
      : fail();
  },
  examples: [
    atStart("closed", "pass"),
    atStart("open", "fail", opened(true)),
    during("it opens while work goes on", "fail", opened(true)),
    atStart("open and fire-separated, where the region allows it", "pass", opened(true), {
      policy: { crowdedPlaceInOpeningHours: "allow-separated" },
    }),
    atStart("open and not separated, where the region allows it", "fail", opened(false), {
      policy: { crowdedPlaceInOpeningHours: "allow-separated" },
    }),
    atStart("nobody has said", "need", ({ place }) => {
      place.openingHours = null;
    }),
  ],
});

function opened(isFireSeparated: boolean) {
  return ({ place }: HotWorkFacts) => {
    place.openingHours = "open";
    place.isFireSeparated = isFireSeparated;
  };
}

/** The notice of 2024 on hot work in crowded places. */
export const notice12Pack: HotWorkPack = {
  id: "notice-12",
  title: { zh: "安委〔2024〕12号", en: "Notice An Wei [2024] No. 12" },
  rules: [
    notInOpeningHours,
    measureTaken(rule, {
      id: "notice-posted",
      rank: 36,
      regimes: ["crowded-place", "entertainment-venue"],
      clause: notice12,
      key: "isNoticePosted",
      title: { zh: "主要出入口没有公告动火作业", en: "The work is not announced at the main entrance" },
      fix: { zh: "请在主要出入口张贴公告", en: "Put a notice up at the main entrance" },
    }),
  ],
};
