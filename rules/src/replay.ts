import type { Sha256 } from "@hanyouxu/protocol";
import { canonicalJson } from "./canonical-json.ts";
import { type Decision, decide } from "./decide.ts";
import type { RulePack } from "./rule.ts";

/** A decision as it is stored: with everything it was made from. */
export interface StoredDecision<Facts, Policy> {
  facts: Facts;
  policy: Policy;
  decision: Decision;
}

export interface Replay {
  /** True when today's code under that day's rules gives the stored decision to the letter. */
  same: boolean;
  /** True when rules and policy are those of the stored decision; a difference explains a different outcome. */
  sameRules: boolean;
  decision: Decision;
}

/** Decides a stored case again, at its own instant, so under the rules that were in force then. */
export function replay<Facts, Policy>(
  stored: StoredDecision<Facts, Policy>,
  packs: readonly RulePack<Facts, Policy>[],
  sha256: Sha256,
): Replay {
  const decision = decide(packs, stored.facts, stored.policy, stored.decision.evaluatedAtMs, sha256);
  return {
    same: canonicalJson(decision) === canonicalJson(stored.decision),
    sameRules: decision.packsDigest === stored.decision.packsDigest,
    decision,
  };
}
