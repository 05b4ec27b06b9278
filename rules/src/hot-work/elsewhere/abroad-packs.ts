import type { CivilDay } from "../../civil-day.ts";
import type { Clause } from "../../clause.ts";
import type { Text } from "../../text.ts";
import { nfpa51b, nfpa51bWatch, osha, ukJointCode } from "../clauses.ts";
import { type HotWorkPack, rulesOf } from "../hot-work-rule.ts";
import type { HotWorkRegime } from "../regime.ts";
import { combustiblesHandled } from "../rule-kinds/combustibles-handled.ts";
import { measureTaken } from "../rule-kinds/measure-taken.ts";
import { permitApproved } from "../rule-kinds/permit-approved.ts";
import { smoulderWatched } from "../rule-kinds/smoulder-watched.ts";
import { watchPresent } from "../rule-kinds/watch-present.ts";

const feetMetres = 0.3048;

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
  const regimes = [regime] as const;
  const clearing =
    combustiblesMetres === null
      ? []
      : [
          combustiblesHandled(rule, {
            rank: firstRank + 2,
            regimes,
            clause,
            limitMetres: combustiblesMetres,
            isWatchEnough: false,
          }),
        ];
  return {
    id,
    title,
    rules: [
      permitApproved(rule, firstRank, regimes, clause),
      watchPresent(rule, {
        id: "fire-watch-present",
        rank: firstRank + 1,
        regimes,
        clause: watchClause,
        fix: { zh: "请监护人到现场", en: "Have the fire watch come to the place" },
      }),
      ...clearing,
      measureTaken(rule, {
        id: "openings-covered",
        rank: firstRank + 3,
        regimes,
        clause,
        key: "areOpeningsCovered",
        title: { zh: "地面、墙面开口没有封盖", en: "Openings in floors or walls are not covered" },
        fix: { zh: "请封盖附近的开口", en: "Cover the openings nearby" },
      }),
      measureTaken(rule, {
        id: "extinguisher-ready",
        rank: firstRank + 4,
        regimes,
        clause,
        key: "isExtinguisherReady",
        title: { zh: "灭火器材没有就位", en: "No extinguisher is ready" },
        fix: { zh: "请备好灭火器材", en: "Have an extinguisher ready" },
      }),
      smoulderWatched(rule, firstRank + 5, regimes, watchClause),
    ],
  };
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
