import type { DecisionReplay, Reason } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { type HotWorkFacts, type HotWorkPolicy, hotWorkPacks } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import {
  replayStored,
  START_PACKS,
  type StoredDecisionParts,
  selectDecision,
} from "../decisions/decisions.ts";

/** A decision that was stored somewhere, with whose it is. */
export interface StoredCase extends StoredDecisionParts {
  /** Which packs decided it. */
  about: "start" | "hot-work";
  decidedAtMs: number;
  packsDigest: string;
  regionCode: RegionCode;
  enterpriseId: EnterpriseId | null;
}

/** Looks a decision up by its id where one feature keeps its own; undefined when it has none of the id. */
export type FindStoredCase = (db: Kysely<Tables>, id: string) => Promise<StoredCase | undefined>;

/** Decisions on starts. */
export const findStoredStart: FindStoredCase = async (db, id) => {
  const row = await selectDecision(db, id);
  return (
    row && {
      about: "start",
      facts: row.facts,
      policy: row.policy,
      reasons: row.reasons,
      outcome: row.outcome,
      decidedAtMs: row.decided_at.getTime(),
      packsDigest: row.packs_digest,
      regionCode: row.region_code,
      enterpriseId: row.enterprise_id,
    }
  );
};

/** Decides a stored case again under the rules of its day and says whether anything is different. */
export function replayCase(decisionId: string, stored: StoredCase): DecisionReplay {
  const { isSame, decision } =
    stored.about === "start"
      ? replayStored(START_PACKS, stored, stored.decidedAtMs)
      : replayStored<HotWorkFacts, HotWorkPolicy>(hotWorkPacks, stored, stored.decidedAtMs);
  return {
    decisionId,
    about: stored.about,
    decidedAt: new Date(stored.decidedAtMs).toISOString(),
    isSame,
    isSameLaw: decision.packsDigest === stored.packsDigest,
    stored: {
      outcome: stored.outcome,
      reasons: stored.reasons as Reason[],
      packsDigest: stored.packsDigest,
    },
    again: {
      outcome: decision.outcome,
      reasons: decision.reasons as Reason[],
      packsDigest: decision.packsDigest,
    },
  };
}
