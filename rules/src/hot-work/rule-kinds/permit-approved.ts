import type { Clause } from "../../clause.ts";
import { fail, need, pass } from "../../rule.ts";
import type { HotWorkFacts } from "../facts.ts";
import { examplesOf, type HotWorkRule, type RuleMaker, step } from "../hot-work-rule.ts";
import type { HotWorkRegime } from "../regime.ts";

/** No hot work without a permit that is approved: the same in every country, each with its own clause. */
export function permitApproved(
  rule: RuleMaker,
  rank: number,
  regimes: readonly [HotWorkRegime, ...HotWorkRegime[]],
  clause: Clause,
): HotWorkRule {
  const atStart = examplesOf(regimes[0], "start");
  const during = examplesOf(regimes[0], "during");
  return rule({
    id: "permit-approved",
    rank,
    regimes,
    moments: ["start", "during"],
    title: { zh: "动火作业票未获批准或已停用", en: "The hot-work permit is not approved, or no longer" },
    clause,
    fix: { zh: "请先办理并获批动火作业票", en: "Get a hot-work permit approved first" },
    check: ({ permit }) => {
      if (permit === null) return need(step("get-permit", "办理动火作业票", "Get a hot-work permit"));
      return permit.status === "approved" && permit.approvedAtMs !== null ? pass() : fail();
    },
    examples: [
      atStart("approved", "pass"),
      atStart("no permit", "need", (facts) => {
        facts.permit = null;
      }),
      atStart("still a draft", "fail", status("draft")),
      during("suspended", "fail", status("suspended")),
      during("withdrawn", "fail", status("withdrawn")),
      atStart("closed", "fail", status("closed")),
    ],
  });
}

function status(value: NonNullable<HotWorkFacts["permit"]>["status"]) {
  return (facts: HotWorkFacts) => {
    facts.permit!.status = value;
  };
}
