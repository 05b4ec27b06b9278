import type { Decision as ShownDecision } from "@hanyouxu/api";
import type { DecisionId } from "@hanyouxu/protocol";
import {
  canonicalJson,
  certificatePack,
  type Decision,
  decide,
  digestOf,
  type RulePack,
  replay,
  type StartFacts,
  type StartPolicy,
  startPack,
} from "@hanyouxu/rules";
import type { Insertable } from "kysely";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { policyFrom } from "../../db/region-policy.ts";
import type { DecisionsTable } from "../../db/tables.ts";
import type { DecisionRow } from "./queries.ts";
import type { GatheredStart } from "./start-facts.ts";

/** The law packs a start is decided by. */
export const START_PACKS = [startPack, certificatePack];

export interface StartDecision {
  decisionId: DecisionId;
  decision: Decision;
  facts: StartFacts;
  policy: StartPolicy;
  /** Hex SHA-256 over decision, facts and policy; its first 8 bytes travel in the grant. */
  digest: string;
}

/** Decides a start on what was gathered. Pure but for the id. */
export function decideStart(
  ctx: Pick<AppContext, "clock" | "newId">,
  gathered: Pick<GatheredStart, "facts" | "policyOverrides">,
): StartDecision {
  const { facts } = gathered;
  const policy = policyFrom(gathered.policyOverrides);
  const decision = decide(START_PACKS, facts, policy, ctx.clock.nowMs(), sha256);
  return {
    decisionId: ctx.newId() as DecisionId,
    decision,
    facts,
    policy,
    digest: digestOf({ decision, facts, policy }, sha256),
  };
}

/** A decision with all it was made from, so that it can be replayed under the law of its day. */
export function decisionRow(
  { decisionId, decision, facts, policy, digest }: StartDecision,
  { machineId, regionCode, welderId }: Pick<GatheredStart, "machineId" | "regionCode" | "welderId">,
): Insertable<DecisionsTable> {
  return {
    decision_id: decisionId,
    decided_at: new Date(decision.evaluatedAtMs),
    welder_id: welderId,
    machine_id: machineId,
    region_code: regionCode,
    outcome: decision.outcome,
    reasons: JSON.stringify(decision.reasons),
    facts: JSON.stringify(facts),
    policy: JSON.stringify(policy),
    packs_digest: decision.packsDigest,
    digest,
  };
}

/** A decision as a row keeps it: in parts. */
export interface StoredDecisionParts {
  facts: unknown;
  policy: unknown;
  reasons: unknown;
  outcome: Decision["outcome"];
}

/** Decides a stored case again under the rules in force at its instant. */
export function replayStored<Facts, Policy>(
  packs: readonly RulePack<Facts, Policy>[],
  stored: StoredDecisionParts,
  decidedAtMs: number,
): { isSame: boolean; decision: Decision } {
  const { decision } = replay(
    {
      facts: stored.facts as Facts,
      policy: stored.policy as Policy,
      decision: { evaluatedAtMs: decidedAtMs } as Decision,
    },
    packs,
    sha256,
  );
  const isSame =
    decision.outcome === stored.outcome && canonicalJson(decision.reasons) === canonicalJson(stored.reasons);
  return { isSame, decision };
}

/** Decides a stored start again. */
export function replayStart(
  stored: StoredDecisionParts,
  decidedAtMs: number,
): { isSame: boolean; outcome: Decision["outcome"] } {
  const { isSame, decision } = replayStored(START_PACKS, stored, decidedAtMs);
  return { isSame, outcome: decision.outcome };
}

/** A decision as the API shows it: the welder's name masked, or hidden whole from who may not know people. */
export function decisionOf(
  ctx: Pick<AppContext, "personalData">,
  row: DecisionRow,
  { isNamed = true } = {},
): ShownDecision {
  return {
    decisionId: row.decision_id,
    decidedAt: row.decided_at.toISOString(),
    outcome: row.outcome,
    reasons: row.reasons as ShownDecision["reasons"],
    machineId: row.machine_id,
    machineName: row.machine_name,
    welderName: isNamed ? maskName(ctx.personalData.open("name", row.name_ciphertext)) : HIDDEN_NAME,
    packsDigest: row.packs_digest,
  };
}

export { startPolicyOf } from "../../db/region-policy.ts";
export {
  countDecisions,
  insertDecision,
  lacksCertificate,
  selectDecision,
  selectDecisions,
} from "./queries.ts";
export { type GatheredStart, gatherStart } from "./start-facts.ts";
