import type { CivilDay } from "./civil-day.ts";
import type { Clause } from "./clause.ts";
import type { ReasonData, Text } from "./text.ts";

/** Something the person must do before the grant, such as scanning a site code. */
export interface Step {
  id: string;
  title: Text;
}

/** What a rule says about one case. */
export type CheckResult =
  | { result: "pass" }
  /** `clause` and `words` replace the rule's own where the case falls under a more precise one. */
  | { result: "fail"; data: ReasonData; clause?: Clause; words?: { title: Text; fix: Text } }
  | { result: "need"; step: Step; data: ReasonData; words?: { title: Text; fix: Text } };

/** One case with what the rule must say about it: the rule's own table of tests, exported as vectors. */
export interface RuleExample<Facts, Policy> {
  name: string;
  facts: Facts;
  policy: Policy;
  atMs: number;
  /** `skip`: the rule does not apply to the case. */
  expected: "pass" | "fail" | "need" | "skip";
}

/** A rule of a law pack: a pure function with its legal basis, its time in force and its examples. */
export interface Rule<Facts, Policy> {
  id: string;
  pack: string;
  /** Raised with every change of what the rule says; part of the packs' digest. */
  version: number;
  /** The more decisive rule has the lower rank and is reported first. */
  rank: number;
  /** What is wrong when the rule fails, as the refusal card says it; `{name}` is filled from the data. */
  title: Text;
  clause: Clause;
  /** First Shanghai day on which the platform applies the rule. */
  effectiveFrom: CivilDay;
  /** Last Shanghai day on which it applies; absent: until further notice. */
  effectiveTo?: CivilDay;
  appliesTo(facts: Facts): boolean;
  check(facts: Facts, policy: Policy, atMs: number): CheckResult;
  /** The smallest thing the person can do about it; `{name}` is filled from the data. */
  fix: Text;
  examples: readonly RuleExample<Facts, Policy>[];
}

export interface RulePack<Facts, Policy> {
  id: string;
  title: Text;
  rules: readonly Rule<Facts, Policy>[];
}

export function pass(): CheckResult {
  return { result: "pass" };
}

export function fail(
  data: ReasonData = {},
  clause?: Clause,
  words?: { title: Text; fix: Text },
): CheckResult {
  return { result: "fail", data, ...(clause && { clause }), ...(words && { words }) };
}

export function need(step: Step, data: ReasonData = {}): CheckResult {
  return { result: "need", step, data };
}

/** The rules in force on a Shanghai day, in an order that does not depend on how the packs are listed. */
export function rulesInForce<Facts, Policy>(
  packs: readonly RulePack<Facts, Policy>[],
  day: CivilDay,
): Rule<Facts, Policy>[] {
  return packs
    .flatMap((pack) => pack.rules)
    .filter(
      (rule) => rule.effectiveFrom <= day && (rule.effectiveTo === undefined || day <= rule.effectiveTo),
    )
    .sort((a, b) => a.rank - b.rank || (ruleKey(a) < ruleKey(b) ? -1 : ruleKey(a) > ruleKey(b) ? 1 : 0));
}

/** Names one rule in one wording among all packs: `pack/id@version`. */
export function ruleKey(rule: { pack: string; id: string; version: number }): string {
  return `${rule.pack}/${rule.id}@${rule.version}`;
}
