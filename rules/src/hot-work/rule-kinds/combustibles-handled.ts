import { pass } from "../../rule.ts";
import { askDistance, askMeasure } from "../fact-names.ts";
import type { HotWorkFacts, Known, NearestMetres } from "../facts.ts";
import {
  examplesOf,
  type HotWorkRule,
  mustBe,
  mustBeBeyond,
  type RuleKindParts,
  type RuleMaker,
} from "../hot-work-rule.ts";
import { aroundLimit } from "./limit-examples.ts";
import { watchScansSiteCode } from "./watch-present.ts";

interface CombustiblesParts extends Omit<RuleKindParts, "id" | "title" | "fix" | "moments"> {
  limitMetres: number;
  /** A watch at the place stands in for clearing. */
  isWatchEnough: boolean;
  version?: number;
  effectiveFrom?: string;
  effectiveTo?: string;
  /** A day on which the rule is in force. */
  exampleAtMs?: number;
}

/** What burns within so many metres is moved or shielded, or, where the clause says so, watched. */
export function combustiblesHandled(
  rule: RuleMaker,
  { limitMetres, isWatchEnough, exampleAtMs, ...parts }: CombustiblesParts,
): HotWorkRule {
  const options = exampleAtMs === undefined ? {} : { atMs: exampleAtMs };
  const atStart = examplesOf(parts.regimes[0], "start", options);
  const set = (metres: NearestMetres, isCleared: Known, isWatchPresent: Known) => (facts: HotWorkFacts) => {
    facts.distances.combustibles = metres;
    facts.measures.areCombustiblesClearedOrShielded = isCleared;
    facts.people.isWatchPresent = isWatchPresent;
  };
  return rule({
    ...parts,
    id: isWatchEnough ? "combustibles-watched" : "combustibles-cleared",
    moments: ["start", "during"],
    title: {
      zh: `{metres} 米处有可燃物，没有清理或遮挡${isWatchEnough ? "，也无人监护" : ""}`,
      en: `Something combustible lies {metres} m away, neither moved nor shielded${isWatchEnough ? " nor watched" : ""}`,
    },
    fix: {
      zh: `请清理或遮挡 {limitMetres} 米内的可燃物${isWatchEnough ? "，或安排监护人在场" : ""}`,
      en: `Move or shield what burns within {limitMetres} m${isWatchEnough ? ", or have a fire watch there" : ""}`,
    },
    check: ({ distances, measures, people }) => {
      const beyond = mustBeBeyond(distances.combustibles, limitMetres, askDistance("combustibles"));
      if (beyond.result !== "fail") return beyond;
      if (isWatchEnough && people.isWatchPresent) return pass();
      const key = "areCombustiblesClearedOrShielded";
      const cleared = mustBe(measures[key], askMeasure(key), beyond.data);
      return cleared.result === "fail" && isWatchEnough
        ? mustBe(people.isWatchPresent, watchScansSiteCode, beyond.data)
        : cleared;
    },
    examples: [
      atStart("nothing that burns", "pass", set("none", false, false)),
      ...aroundLimit(
        atStart,
        { value: limitMetres, unit: "m", step: 0.001, name: "not handled" },
        ["fail", "fail", "pass"],
        (facts, metres) => set(metres, false, false)(facts),
      ),
      atStart("at 2 m, cleared or shielded", "pass", set(2, true, false)),
      atStart("at 2 m, watched", isWatchEnough ? "pass" : "fail", set(2, false, true)),
      atStart("at 2 m, nobody has said whether cleared", "need", set(2, null, false)),
      atStart("nobody has looked", "need", set(null, false, false)),
    ],
  });
}
