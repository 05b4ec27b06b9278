/** The certificate table's cells with examples decided together with the start pack, as JSON for any implementation. */
import { createHash } from "node:crypto";
import { certificatePack, decide, ruleKey, startPack } from "../src/index.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

export function certificatePackVectors() {
  return {
    packs: [startPack.id, certificatePack.id],
    rules: certificatePack.rules.map(ruleKey).sort(),
    cases: certificatePack.rules.flatMap((rule) =>
      rule.examples.map(({ name, facts, policy, atMs, expected }) => {
        const { outcome, reasons } = decide([startPack, certificatePack], facts, policy, atMs, sha256);
        return {
          rule: ruleKey(rule),
          name,
          expected,
          atMs,
          process: facts.machine.process,
          regime: facts.enterprise.regime,
          certificates: facts.certificates,
          outcome,
          reasons: reasons.map(({ ruleId, ruleVersion, clause }) => ({
            ruleId,
            ruleVersion,
            clause: clause.source.zh,
          })),
        };
      }),
    ),
  };
}
