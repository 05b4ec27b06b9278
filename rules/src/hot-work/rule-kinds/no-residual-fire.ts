import {
  examplesOf,
  type HotWorkRule,
  mustBe,
  type RuleKindParts,
  type RuleMaker,
  step,
} from "../hot-work-rule.ts";
import { answers } from "./limit-examples.ts";

/** Somebody has looked and nothing burns or smoulders before the place is left. */
export function noResidualFire(
  rule: RuleMaker,
  parts: Pick<RuleKindParts, "rank" | "regimes" | "clause">,
): HotWorkRule {
  return rule({
    ...parts,
    id: "no-residual-fire",
    moments: ["close"],
    title: { zh: "现场还有残留火种", en: "Something still smoulders at the place" },
    fix: {
      zh: "请清理现场，确认无残留火种后再离开",
      en: "Clear the place and leave only when nothing smoulders",
    },
    check: ({ progress }) =>
      mustBe(
        progress.isResidualFireExcluded,
        step("exclude-residual-fire", "确认无残留火种", "Confirm that nothing smoulders"),
      ),
    examples: answers(examplesOf(parts.regimes[0], "close"), ({ progress }, value) => {
      progress.isResidualFireExcluded = value;
    }),
  });
}
