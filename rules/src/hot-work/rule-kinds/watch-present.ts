import {
  examplesOf,
  type HotWorkRule,
  mustBe,
  type RuleKindParts,
  type RuleMaker,
  step,
} from "../hot-work-rule.ts";
import { answers } from "./limit-examples.ts";

export const watchScansSiteCode = step(
  "watch-scans-site-code",
  "监护人扫场所码",
  "The fire watch scans the site code",
);

/** The fire watch is at the place as long as there is hot work. */
export function watchPresent(
  rule: RuleMaker,
  parts: Omit<RuleKindParts, "title" | "moments"> & Partial<Pick<RuleKindParts, "title">>,
): HotWorkRule {
  return rule({
    title: { zh: "监护人不在现场", en: "The fire watch is not at the place" },
    ...parts,
    moments: ["start", "during"],
    check: ({ people }) => mustBe(people.isWatchPresent, watchScansSiteCode),
    examples: answers(examplesOf(parts.regimes[0], "during"), ({ people }, value) => {
      people.isWatchPresent = value;
    }),
  });
}
