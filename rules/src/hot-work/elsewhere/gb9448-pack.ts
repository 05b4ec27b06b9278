import type { CivilDay } from "../../civil-day.ts";
import type { Clause } from "../../clause.ts";
import { pass } from "../../rule.ts";
import { gb9448Of1999, gb9448Of2025 } from "../clauses.ts";
import { askDistance, askMeasure } from "../fact-names.ts";
import type { HotWorkFacts, NearestMetres } from "../facts.ts";
import {
  chinaRegimes,
  examplesOf,
  type HotWorkPack,
  type HotWorkRule,
  mustBe,
  mustBeBeyond,
  rulesOf,
  step,
} from "../hot-work-rule.ts";

const rule = rulesOf("gb-9448", "2020-01-01");

interface Edition {
  version: number;
  clause: Clause;
  effectiveFrom: CivilDay;
  effectiveTo?: CivilDay;
  exampleAtMs: number;
}

/** With combustibles within 10 m that stay as they are, somebody watches. The same reading of both editions. */
function combustiblesWatched({ exampleAtMs, ...edition }: Edition): HotWorkRule {
  const example = (
    name: string,
    expected: "pass" | "fail" | "need",
    combustibles: NearestMetres,
    isCleared: boolean | null,
    isWatchPresent: boolean | null,
  ) =>
    examplesOf("general", "start")(
      name,
      expected,
      (facts: HotWorkFacts) => {
        facts.distances.combustibles = combustibles;
        facts.measures.areCombustiblesClearedOrShielded = isCleared;
        facts.people.isWatchPresent = isWatchPresent;
      },
      { atMs: exampleAtMs },
    );
  return rule({
    ...edition,
    id: "combustibles-watched",
    rank: 63,
    regimes: chinaRegimes,
    moments: ["start", "during"],
    title: {
      zh: "{metres} 米处有可燃物，没有清理，也无人监护",
      en: "Something combustible lies {metres} m away, neither cleared nor watched",
    },
    fix: {
      zh: "请清理或遮挡 {limitMetres} 米内的可燃物，或安排监护人在场",
      en: "Clear or shield what burns within {limitMetres} m, or have a fire watch there",
    },
    check: ({ distances, measures, people }) => {
      const beyond = mustBeBeyond(distances.combustibles, 10, askDistance("combustibles"));
      if (beyond.result !== "fail" || people.isWatchPresent === true)
        return beyond.result === "fail" ? pass() : beyond;
      const cleared = mustBe(
        measures.areCombustiblesClearedOrShielded,
        askMeasure("areCombustiblesClearedOrShielded"),
        beyond.data,
      );
      if (cleared.result !== "fail") return cleared;
      return mustBe(
        people.isWatchPresent,
        step("watch-scans-site-code", "监护人扫场所码", "The fire watch scans the site code"),
        beyond.data,
      );
    },
    examples: [
      example("nothing that burns", "pass", "none", false, false),
      example("just below 10 m, not cleared, not watched", "fail", 9.9, false, false),
      example("at 10 m, not cleared, not watched", "fail", 10, false, false),
      example("just above 10 m, not cleared, not watched", "pass", 10.1, false, false),
      example("at 2 m, cleared", "pass", 2, true, false),
      example("at 2 m, watched", "pass", 2, false, true),
      example("at 2 m, nobody has said whether cleared", "need", 2, null, false),
      example("nobody has looked", "need", null, false, false),
    ],
  });
}

/** Safety in welding and cutting. Neither edition has been read by us. */
export const gb9448Pack: HotWorkPack = {
  id: "gb-9448",
  title: { zh: "GB 9448 焊接与切割安全", en: "GB 9448, safety in welding and cutting" },
  rules: [
    combustiblesWatched({
      version: 1,
      clause: gb9448Of1999,
      effectiveFrom: "2020-01-01",
      effectiveTo: "2026-07-31",
      exampleAtMs: Date.UTC(2026, 6, 29, 1, 30),
    }),
    combustiblesWatched({
      version: 2,
      clause: gb9448Of2025,
      effectiveFrom: "2026-08-01",
      exampleAtMs: Date.UTC(2026, 10, 23, 1, 30),
    }),
  ],
};
