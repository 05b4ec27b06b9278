import type { CivilDay } from "../civil-day.ts";
import type { Clause } from "../clause.ts";
import {
  type CheckResult,
  fail,
  need,
  pass,
  type Rule,
  type RuleExample,
  type RulePack,
  type Step,
} from "../rule.ts";
import type { ReasonData, Text } from "../text.ts";
import { exampleHotWorkAtMs, exampleHotWorkFacts } from "./example-facts.ts";
import type { HotWorkFacts, HotWorkMoment, Known, NearestMetres } from "./facts.ts";
import { defaultHotWorkPolicy, type HotWorkPolicy } from "./policy.ts";
import type { HotWorkRegime } from "./regime.ts";

/** A rule with the regimes and the moments it speaks about. */
export interface HotWorkRule extends Rule<HotWorkFacts, HotWorkPolicy> {
  regimes: readonly HotWorkRegime[];
  moments: readonly HotWorkMoment[];
}

export interface HotWorkPack extends RulePack<HotWorkFacts, HotWorkPolicy> {
  rules: readonly HotWorkRule[];
}

export type HotWorkExample = RuleExample<HotWorkFacts, HotWorkPolicy>;
export type HotWorkExampleMaker = ReturnType<typeof examplesOf>;
export type RuleMaker = ReturnType<typeof rulesOf>;

/** What a kind of rule leaves to the pack that uses it. */
export interface RuleKindParts {
  id: string;
  rank: number;
  title: Text;
  clause: Clause;
  fix: Text;
  /** Examples are of the first. */
  regimes: readonly [HotWorkRegime, ...HotWorkRegime[]];
  moments?: readonly [HotWorkMoment, ...HotWorkMoment[]];
  appliesTo?: (facts: HotWorkFacts) => boolean;
}

interface HotWorkRuleParts {
  id: string;
  rank: number;
  title: Text;
  clause: Clause;
  fix: Text;
  regimes: readonly HotWorkRegime[];
  moments: readonly HotWorkMoment[];
  version?: number;
  effectiveFrom?: CivilDay;
  effectiveTo?: CivilDay;
  /** Further condition; the regime and the moment are asked first. */
  appliesTo?: (facts: HotWorkFacts) => boolean;
  check: (facts: HotWorkFacts, policy: HotWorkPolicy, atMs: number) => CheckResult;
  examples: readonly HotWorkExample[];
}

export const chinaRegimes = [
  "general",
  "chemical",
  "building-site",
  "crowded-place",
  "entertainment-venue",
] as const satisfies HotWorkRegime[];
export const exceptChemical = [
  "general",
  "building-site",
  "crowded-place",
  "entertainment-venue",
] as const satisfies HotWorkRegime[];

/** Makes rules of a pack: in force from a day on unless a rule says otherwise. */
export function rulesOf(pack: string, effectiveFrom: CivilDay) {
  return ({ appliesTo = () => true, ...parts }: HotWorkRuleParts): HotWorkRule => ({
    pack,
    version: 1,
    effectiveFrom,
    ...parts,
    appliesTo: (facts) =>
      parts.regimes.includes(facts.regime) && parts.moments.includes(facts.moment) && appliesTo(facts),
    check: (facts, policy, atMs) => withStepWords(parts.check(facts, policy, atMs)),
  });
}

/** A question says what to tell, not what would be wrong: nobody knows that yet. */
function withStepWords(checked: CheckResult): CheckResult {
  if (checked.result !== "need") return checked;
  const { zh, en } = checked.step.title;
  return {
    ...checked,
    words: { title: { zh: `还差一步：${zh}`, en: `Still to do: ${en}` }, fix: { zh, en } },
  };
}

type Expected = HotWorkExample["expected"];
type Change = (facts: HotWorkFacts, atMs: number) => void;

/** Makes examples: the good case of a regime and a moment with something changed. */
export function examplesOf(
  regime: HotWorkRegime,
  moment: HotWorkMoment,
  { atMs: usualAtMs = exampleHotWorkAtMs }: { atMs?: number } = {},
) {
  return (
    name: string,
    expected: Expected,
    change: Change = () => {},
    { policy = {}, atMs = usualAtMs }: { policy?: Partial<HotWorkPolicy>; atMs?: number } = {},
  ): HotWorkExample => {
    const facts = exampleHotWorkFacts(regime, moment, atMs);
    change(facts, atMs);
    return { name, facts, policy: { ...defaultHotWorkPolicy, ...policy }, atMs, expected };
  };
}

export function step(id: string, zh: string, en: string): Step {
  return { id, title: { zh, en } };
}

/** Passes on yes, fails on no, asks where nobody has said. */
export function mustBe(value: Known, ask: Step, data: ReasonData = {}): CheckResult {
  if (value === null) return need(ask, data);
  return value ? pass() : fail(data);
}

export function not(value: Known): Known {
  return value === null ? null : !value;
}

/** Passes when the nearest one is farther than `limitMetres`, which itself is too near. */
export function mustBeBeyond(nearest: NearestMetres, limitMetres: number, ask: Step): CheckResult {
  if (nearest === null) return need(ask);
  if (nearest === "none" || nearest > limitMetres) return pass();
  return fail({ metres: nearest, limitMetres });
}

/** Passes when the two are at least `limitMetres` apart. */
export function mustBeApart(distance: NearestMetres, limitMetres: number, ask: Step): CheckResult {
  if (distance === null) return need(ask);
  if (distance === "none" || distance >= limitMetres) return pass();
  return fail({ metres: distance, limitMetres });
}
