/** The start pack's examples with their full decisions, as JSON that an implementation in any language can test against. */
import { createHash } from "node:crypto";
import { decide, defaultStartPolicy, ruleKey, startPack } from "../src/index.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

export function startPackVectors() {
  return {
    pack: startPack.id,
    rules: startPack.rules.map(ruleKey).sort(),
    defaultPolicy: defaultStartPolicy,
    cases: startPack.rules.flatMap((rule) =>
      rule.examples.map(({ name, facts, policy, atMs, expected }) => ({
        rule: rule.id,
        name,
        expected,
        atMs,
        policy,
        facts,
        decision: decide([startPack], facts, policy, atMs, sha256),
      })),
    ),
  };
}
