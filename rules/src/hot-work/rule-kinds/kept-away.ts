import { askDistance } from "../fact-names.ts";
import type { HotWorkDistances, HotWorkFacts, NearestMetres } from "../facts.ts";
import {
  examplesOf,
  type HotWorkRule,
  mustBeBeyond,
  type RuleKindParts,
  type RuleMaker,
} from "../hot-work-rule.ts";
import { aroundLimit } from "./limit-examples.ts";

/** Nothing of a kind within so many metres, the limit itself included. */
export function keptAway(
  rule: RuleMaker,
  key: keyof HotWorkDistances,
  limitMetres: number,
  parts: RuleKindParts,
): HotWorkRule {
  const atStart = examplesOf(parts.regimes[0], "start");
  const set = (facts: HotWorkFacts, metres: NearestMetres) => {
    facts.distances[key] = metres;
  };
  return rule({
    ...parts,
    moments: ["start", "during"],
    check: ({ distances }) => mustBeBeyond(distances[key], limitMetres, askDistance(key)),
    examples: [
      atStart("nothing near", "pass", (facts) => set(facts, "none")),
      ...aroundLimit(atStart, { value: limitMetres, unit: "m", step: 0.1 }, ["fail", "fail", "pass"], set),
      atStart("nobody has looked", "need", (facts) => set(facts, null)),
    ],
  });
}
