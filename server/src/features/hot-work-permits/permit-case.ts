import type { HotWorkPermitId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

/**
 * What the law said when a permit was to be approved, with all it was decided on, by the permit's id; undefined when
 * there is no such permit, or nobody has tried to approve it.
 */
export async function findPermitCase(db: Kysely<Tables>, permitId: string) {
  const row = await db
    .selectFrom("hot_work_permits")
    .select(["decision", "region_code", "site_owner_enterprise_id", "contractor_enterprise_id"])
    .where("permit_id", "=", permitId as HotWorkPermitId)
    .executeTakeFirst();
  if (!row?.decision) return undefined;
  const { decision, facts, policy } = row.decision;
  return {
    about: "hot-work" as const,
    facts,
    policy,
    reasons: decision.reasons,
    outcome: decision.outcome,
    decidedAtMs: decision.evaluatedAtMs,
    packsDigest: decision.packsDigest,
    regionCode: row.region_code,
    enterpriseId: row.site_owner_enterprise_id ?? row.contractor_enterprise_id,
  };
}
