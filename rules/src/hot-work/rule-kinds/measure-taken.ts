import { askMeasure } from "../fact-names.ts";
import type { HotWorkFacts, HotWorkMeasures } from "../facts.ts";
import {
  examplesOf,
  type HotWorkRule,
  mustBe,
  type RuleKindParts,
  type RuleMaker,
} from "../hot-work-rule.ts";
import { answers } from "./limit-examples.ts";

interface MeasureParts extends RuleKindParts {
  key: keyof HotWorkMeasures;
  /** Brings the good case under the rule, where it speaks about some cases only. */
  given?: (facts: HotWorkFacts) => void;
}

/** A measure must have been taken before the work starts and while it goes on. */
export function measureTaken(
  rule: RuleMaker,
  { key, given = () => {}, ...parts }: MeasureParts,
): HotWorkRule {
  const moments = parts.moments ?? (["start", "during"] as const);
  return rule({
    ...parts,
    moments,
    check: ({ measures }) => mustBe(measures[key], askMeasure(key)),
    examples: answers(examplesOf(parts.regimes[0], moments[0]), (facts, value) => {
      given(facts);
      facts.measures[key] = value;
    }),
  });
}
