import type { Sha256 } from "@hanyouxu/protocol";
import { digestOf } from "./canonical-json.ts";
import { shanghaiDay } from "./civil-day.ts";
import { type Clause, platformPolicy } from "./clause.ts";
import { type Rule, type RulePack, ruleKey, rulesInForce, type Step } from "./rule.ts";
import { fillText, type ReasonData, type Text } from "./text.ts";

/** Why a start is refused, or what it still waits for. JSON all through. */
export interface Reason {
  kind: "fail" | "need";
  ruleId: string;
  pack: string;
  ruleVersion: number;
  title: Text;
  clause: Clause;
  /** False: nobody here has read the official text of the clause. */
  verified: boolean;
  fix: Text;
  data: ReasonData;
  step?: Step;
}

export interface Decision {
  outcome: "grant" | "refuse" | "require";
  /** Every reason, most decisive first; empty exactly when the outcome is `grant`. */
  reasons: Reason[];
  /** What the person must do before the grant; filled also beside a refusal. */
  steps: Step[];
  /** Hex SHA-256 over the rules in force (ids and versions) and the policy: what was the law of this decision. */
  packsDigest: string;
  evaluatedAtMs: number;
}

/**
 * Applies every rule in force on the Shanghai day of `atMs` (milliseconds since 1970, UTC).
 * Fails closed: when no rule at all is in force the answer is `refuse`.
 */
export function decide<Facts, Policy>(
  packs: readonly RulePack<Facts, Policy>[],
  facts: Facts,
  policy: Policy,
  atMs: number,
  sha256: Sha256,
): Decision {
  const rules = rulesInForce(packs, shanghaiDay(atMs));
  return {
    ...judge(rules, facts, policy, atMs),
    packsDigest: packsDigest(rules, policy, sha256),
    evaluatedAtMs: atMs,
  };
}

/** What given rules say of one case, without the digest that names them: for many cases under the same rules. */
export function judge<Facts, Policy>(
  rules: readonly Rule<Facts, Policy>[],
  facts: Facts,
  policy: Policy,
  atMs: number,
): Pick<Decision, "outcome" | "reasons" | "steps"> {
  const fails: Reason[] = [];
  const needs: Reason[] = [];
  if (rules.length === 0) fails.push(noRuleInForce(atMs));
  for (const rule of rules) {
    if (!rule.appliesTo(facts)) continue;
    const checked = rule.check(facts, policy, atMs);
    if (checked.result === "fail") {
      const { data, clause, words } = checked;
      fails.push(reasonOf({ ...rule, ...words }, "fail", data, clause));
    }
    if (checked.result === "need") {
      const { data, words, step } = checked;
      needs.push({ ...reasonOf({ ...rule, ...words }, "need", data), step });
    }
  }
  return {
    outcome: fails.length > 0 ? "refuse" : needs.length > 0 ? "require" : "grant",
    reasons: [...fails, ...needs],
    steps: needs.flatMap((reason) => (reason.step ? [reason.step] : [])),
  };
}

/** Hex SHA-256 that names a set of rules with their versions, and the policy they were applied with. */
export function packsDigest<Facts, Policy>(
  rules: readonly Rule<Facts, Policy>[],
  policy: Policy,
  sha256: Sha256,
): string {
  return digestOf({ rules: rules.map(ruleKey).sort(), policy }, sha256);
}

function reasonOf<Facts, Policy>(
  rule: Rule<Facts, Policy>,
  kind: Reason["kind"],
  data: ReasonData,
  clause: Clause = rule.clause,
): Reason {
  return {
    kind,
    ruleId: rule.id,
    pack: rule.pack,
    ruleVersion: rule.version,
    title: fillText(rule.title, data),
    clause,
    verified: clause.verified,
    fix: fillText(rule.fix, data),
    data,
  };
}

function noRuleInForce(atMs: number): Reason {
  return {
    kind: "fail",
    ruleId: "no-rule-in-force",
    pack: "frame",
    ruleVersion: 1,
    title: { zh: "这一天没有生效的规则", en: "No rule is in force on this day" },
    clause: platformPolicy(),
    verified: true,
    fix: {
      zh: "请联系平台管理员检查规则包和系统时间",
      en: "Ask the platform's operator to check law packs and clock",
    },
    data: { day: shanghaiDay(atMs) },
  };
}
