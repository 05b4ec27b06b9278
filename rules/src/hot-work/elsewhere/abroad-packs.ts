import type { CivilDay } from "../../civil-day.ts";
import type { Clause } from "../../clause.ts";
import type { Text } from "../../text.ts";
import { nfpa51b, nfpa51bWatch, osha, ukJointCode } from "../clauses.ts";
import { askDistance, askMeasure } from "../fact-names.ts";
import type { HotWorkFacts, HotWorkMeasures, NearestMetres } from "../facts.ts";
import { examplesOf, type HotWorkPack, mustBe, mustBeBeyond, rulesOf, step } from "../hot-work-rule.ts";
import type { HotWorkRegime } from "../regime.ts";
import { permitApproved } from "./permit-approved.ts";
import { smoulderWatched } from "./smoulder-rule.ts";

const feetMetres = 0.3048;
const working = ["start", "during"] as const;

interface Preset {
  id: string;
  title: Text;
  regime: HotWorkRegime;
  effectiveFrom: CivilDay;
  clause: Clause;
  watchClause: Clause;
  /** Combustibles within this distance are moved or shielded; null: the preset gives none. */
  combustiblesMetres: number | null;
  firstRank: number;
}

/** A preset abroad: permit, watch, combustibles, openings, extinguisher and the watch afterwards. None has been read by us. */
function presetPack(preset: Preset): HotWorkPack {
  const { id, title, regime, effectiveFrom, clause, watchClause, combustiblesMetres, firstRank } = preset;
  const rule = rulesOf(id, effectiveFrom);
  const atStart = examplesOf(regime, "start");
  const during = examplesOf(regime, "during");
  const measure = (
    ruleId: string,
    rank: number,
    key: keyof HotWorkMeasures,
    words: { title: Text; fix: Text },
  ) =>
    rule({
      id: ruleId,
      rank,
      regimes: [regime],
      moments: working,
      ...words,
      clause,
      check: ({ measures }) => mustBe(measures[key], askMeasure(key)),
      examples: (
        [
          [true, "done", "pass"],
          [false, "not done", "fail"],
          [null, "nobody has said", "need"],
        ] as const
      ).map(([value, name, expected]) =>
        atStart(name, expected, ({ measures }) => {
          measures[key] = value;
        }),
      ),
    });
  const watched = rule({
    id: "fire-watch-present",
    rank: firstRank + 1,
    regimes: [regime],
    moments: working,
    title: { zh: "监护人不在现场", en: "The fire watch is not at the place" },
    clause: watchClause,
    fix: { zh: "请监护人到现场", en: "Have the fire watch come to the place" },
    check: ({ people }) =>
      mustBe(
        people.isWatchPresent,
        step("watch-scans-site-code", "监护人扫场所码", "The fire watch scans the site code"),
      ),
    examples: [
      during("present", "pass"),
      during("gone", "fail", ({ people }) => {
        people.isWatchPresent = false;
      }),
      atStart("has not scanned", "need", ({ people }) => {
        people.isWatchPresent = null;
      }),
    ],
  });
  return {
    id,
    title,
    rules: [
      permitApproved(rule, firstRank, [regime], clause),
      watched,
      ...(combustiblesMetres === null
        ? []
        : [combustiblesCleared(rule, firstRank + 2, regime, clause, combustiblesMetres)]),
      measure("openings-covered", firstRank + 3, "areOpeningsCovered", {
        title: { zh: "地面、墙面开口没有封盖", en: "Openings in floors or walls are not covered" },
        fix: { zh: "请封盖附近的开口", en: "Cover the openings nearby" },
      }),
      measure("extinguisher-ready", firstRank + 4, "isExtinguisherReady", {
        title: { zh: "灭火器材没有就位", en: "No extinguisher is ready" },
        fix: { zh: "请备好灭火器材", en: "Have an extinguisher ready" },
      }),
      smoulderWatched(rule, firstRank + 5, [regime], watchClause),
    ],
  };
}

function combustiblesCleared(
  rule: ReturnType<typeof rulesOf>,
  rank: number,
  regime: HotWorkRegime,
  clause: Clause,
  limitMetres: number,
) {
  const example = (
    name: string,
    expected: "pass" | "fail" | "need",
    metres: NearestMetres,
    isCleared: boolean | null,
  ) =>
    examplesOf(regime, "start")(name, expected, (facts: HotWorkFacts) => {
      facts.distances.combustibles = metres;
      facts.measures.areCombustiblesClearedOrShielded = isCleared;
    });
  return rule({
    id: "combustibles-cleared",
    rank,
    regimes: [regime],
    moments: working,
    title: {
      zh: "{metres} 米处有可燃物没有清理或遮挡（{limitMetres} 米内须清理）",
      en: "Something combustible lies {metres} m away, neither moved nor shielded (within {limitMetres} m it must be)",
    },
    clause,
    fix: { zh: "请移走或遮挡可燃物", en: "Move or shield what burns" },
    check: ({ distances, measures }) => {
      const beyond = mustBeBeyond(distances.combustibles, limitMetres, askDistance("combustibles"));
      if (beyond.result !== "fail") return beyond;
      const key = "areCombustiblesClearedOrShielded";
      return mustBe(measures[key], askMeasure(key), beyond.data);
    },
    examples: [
      example("nothing that burns", "pass", "none", false),
      example(`just below ${limitMetres} m, not cleared`, "fail", limitMetres - 0.001, false),
      example(`at ${limitMetres} m, not cleared`, "fail", limitMetres, false),
      example(`just above ${limitMetres} m, not cleared`, "pass", limitMetres + 0.001, false),
      example("at 2 m, shielded", "pass", 2, true),
      example("at 2 m, nobody has said", "need", 2, null),
      example("nobody has looked", "need", null, false),
    ],
  });
}

/** OSHA: 35 ft and a watch of at least 30 minutes afterwards. */
export const oshaPack: HotWorkPack = presetPack({
  id: "us-osha",
  title: { zh: "美国 OSHA 1910.252", en: "US, OSHA 1910.252" },
  regime: "us-osha",
  effectiveFrom: "2020-01-01",
  clause: osha,
  watchClause: osha,
  combustiblesMetres: Math.round(35 * feetMetres * 1000) / 1000,
  firstRank: 100,
});

/** NFPA 51B of 2019: an hour of watch afterwards. */
export const nfpaPack: HotWorkPack = presetPack({
  id: "us-nfpa",
  title: { zh: "美国 NFPA 51B-2019", en: "US, NFPA 51B-2019" },
  regime: "us-nfpa",
  effectiveFrom: "2020-01-01",
  clause: nfpa51b,
  watchClause: nfpa51bWatch,
  combustiblesMetres: Math.round(35 * feetMetres * 1000) / 1000,
  firstRank: 110,
});

/** UK Joint Code, 10th edition: an hour of watch, then checks at most 20 minutes apart for an hour. */
export const ukPack: HotWorkPack = presetPack({
  id: "uk-joint-code",
  title: { zh: "英国联合规范（第10版）", en: "UK Joint Code, 10th edition" },
  regime: "uk-joint-code",
  effectiveFrom: "2023-01-01",
  clause: ukJointCode,
  watchClause: { ...ukJointCode, article: "16.15" },
  combustiblesMetres: null,
  firstRank: 120,
});
