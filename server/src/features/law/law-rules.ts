import type { LawChanges, LawRule, LawRuleDetail } from "@hanyouxu/api";
import {
  type CivilDay,
  decide,
  factDifferences,
  type HotWorkRule,
  hotWorkPacks,
  type Rule,
  type RuleExample,
  type RulePack,
  rulesInForce,
} from "@hanyouxu/rules";
import { sha256 } from "../../crypto/sha256.ts";
import { START_PACKS } from "../decisions/decisions.ts";

/** Packs that decide together, and on the same facts. */
const GROUPS: readonly { inForce(day: CivilDay): ShownRule[] }[] = [
  groupOf(START_PACKS, () => null),
  groupOf(hotWorkPacks, factDifferences),
];

/** A rule as it is listed, with its examples to be decided on demand. */
interface ShownRule {
  shown: LawRule;
  examples(): LawRuleDetail["examples"];
}

export const LAW_PACKS: readonly Pick<RulePack<never, never>, "id" | "title">[] = [
  ...START_PACKS,
  ...hotWorkPacks,
].map(({ id, title }) => ({ id, title }));

/** Every rule in force on the day: starts first, then hot work, the most decisive first. */
export function lawRulesOn(day: CivilDay): LawRule[] {
  return GROUPS.flatMap((group) => group.inForce(day).map(({ shown }) => shown));
}

/** One rule in force on the day with its examples; undefined when there is none. */
export function lawRuleDetailOf(pack: string, ruleId: string, day: CivilDay): LawRuleDetail | undefined {
  for (const group of GROUPS) {
    const rule = group.inForce(day).find(({ shown }) => shown.pack === pack && shown.ruleId === ruleId);
    if (rule) return { ...rule.shown, examples: rule.examples() };
  }
  return undefined;
}

/** What differs between the laws of two days. A rule stays itself by its pack and its id, whatever its version. */
export function lawChangesBetween(from: CivilDay, to: CivilDay): LawChanges {
  const keyOf = ({ pack, ruleId }: LawRule) => `${pack}/${ruleId}`;
  const before = new Map(lawRulesOn(from).map((rule) => [keyOf(rule), rule]));
  const after = new Map(lawRulesOn(to).map((rule) => [keyOf(rule), rule]));
  const kept = [...after.values()].flatMap((rule) => {
    const old = before.get(keyOf(rule));
    return old ? [{ before: old, after: rule }] : [];
  });
  const changed = kept.filter((pair) => pair.before.version !== pair.after.version);
  return {
    from,
    to,
    added: [...after.values()].filter((rule) => !before.has(keyOf(rule))),
    removed: [...before.values()].filter((rule) => !after.has(keyOf(rule))),
    changed,
    unchangedCount: kept.length - changed.length,
  };
}

function groupOf<Facts extends object, Policy>(
  packs: readonly RulePack<Facts, Policy>[],
  differencesOf: (facts: Facts, atMs: number) => Record<string, unknown> | null,
) {
  function exampleOf(
    rule: Rule<Facts, Policy>,
    { name, facts, policy, atMs, expected }: RuleExample<Facts, Policy>,
  ): LawRuleDetail["examples"][number] {
    const { outcome, reasons } = decide(packs, facts, policy, atMs, sha256);
    return {
      name,
      expected,
      at: new Date(atMs).toISOString(),
      outcome,
      facts: Object.fromEntries(Object.entries(facts)),
      says: reasons.find(({ pack, ruleId }) => pack === rule.pack && ruleId === rule.id)?.title ?? null,
      differences: differencesOf(facts, atMs),
    };
  }
  return {
    inForce: (day: CivilDay): ShownRule[] =>
      rulesInForce(packs, day).map((rule) => ({
        shown: lawRuleOf(rule),
        examples: () => rule.examples.map((example) => exampleOf(rule, example)),
      })),
  };
}

function lawRuleOf<Facts, Policy>(
  rule: Rule<Facts, Policy> & Partial<Pick<HotWorkRule, "regimes" | "moments">>,
) {
  return {
    pack: rule.pack,
    ruleId: rule.id,
    version: rule.version,
    rank: rule.rank,
    title: rule.title,
    fix: rule.fix,
    clause: rule.clause,
    effectiveFrom: rule.effectiveFrom,
    effectiveTo: rule.effectiveTo ?? null,
    regimes: rule.regimes ? [...rule.regimes] : null,
    moments: rule.moments ? [...rule.moments] : null,
    exampleCount: rule.examples.length,
  };
}
