import type { CivilDay } from "../civil-day.ts";
import type { Clause } from "../clause.ts";
import type { CheckResult, Rule, RuleExample } from "../rule.ts";
import type { Text } from "../text.ts";
import { exampleAtMs, exampleFacts } from "./example-facts.ts";
import type { StartFacts } from "./facts.ts";
import { defaultStartPolicy, type StartPolicy } from "./policy.ts";

export type StartRule = Rule<StartFacts, StartPolicy>;

/** The pack starts with the platform: no start before it was decided by it. */
const platformStartDay = "2020-01-01";

interface StartRuleParts {
  id: string;
  rank: number;
  title: Text;
  clause: Clause;
  fix: Text;
  version?: number;
  /** Absent: since the platform started. */
  effectiveFrom?: CivilDay;
  appliesTo?: (facts: StartFacts) => boolean;
  check: (facts: StartFacts, policy: StartPolicy, atMs: number) => CheckResult;
  examples: readonly RuleExample<StartFacts, StartPolicy>[];
}

export function startRule(parts: StartRuleParts): StartRule {
  return { pack: "start", version: 1, effectiveFrom: platformStartDay, appliesTo: () => true, ...parts };
}

type Expected = RuleExample<StartFacts, StartPolicy>["expected"];
type Change = (facts: StartFacts) => void;

/** An example: the good case of example-facts.ts with one thing changed. */
export function example(
  name: string,
  expected: Expected,
  change: Change = () => {},
  policy: Partial<StartPolicy> = {},
  atMs: number = exampleAtMs,
): RuleExample<StartFacts, StartPolicy> {
  const facts = exampleFacts();
  change(facts);
  return { name, facts, policy: { ...defaultStartPolicy, ...policy }, atMs, expected };
}
