import type { RegionCode, WelderId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { DecisionsTable, Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export async function insertDecision(db: Kysely<Tables>, row: Insertable<DecisionsTable>): Promise<void> {
  await db.insertInto("decisions").values(row).execute();
}

/** True for decision `d`, of which a rule about certificates was a reason. */
export const lacksCertificate = sql<boolean>`exists (
  select from jsonb_array_elements(d.reasons) r where starts_with(r->>'ruleId', 'certificate-'))`;

export interface DecisionFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows;
  welderId?: WelderId;
  machineId?: string;
  region?: string;
  outcome?: string;
  isGranted?: boolean;
  lacksCertificate?: boolean;
  from?: string;
  to?: string;
}

function decisionsMatching(db: Kysely<Tables>, filter: DecisionFilter) {
  return db
    .selectFrom("decisions as d")
    .innerJoin("machines as m", "m.machine_id", "d.machine_id")
    .innerJoin("welders as w", "w.welder_id", "d.welder_id")
    .innerJoin("persons as p", "p.person_id", "w.person_id")
    .$if(filter.scope !== undefined, (query) =>
      query.where(withinScope(filter.scope!, "d.region_code", "m.enterprise_id")),
    )
    .$if(filter.welderId !== undefined, (query) => query.where("d.welder_id", "=", filter.welderId!))
    .$if(filter.machineId !== undefined, (query) =>
      query.where(sql<boolean>`d.machine_id = ${filter.machineId}::uuid`),
    )
    .$if(filter.region !== undefined, (query) =>
      query.where("d.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.outcome !== undefined, (query) => query.where(sql<boolean>`d.outcome = ${filter.outcome}`))
    .$if(filter.isGranted !== undefined, (query) =>
      query.where("d.outcome", filter.isGranted ? "=" : "!=", "grant"),
    )
    .$if(filter.lacksCertificate !== undefined, (query) =>
      query.where(lacksCertificate, "=", filter.lacksCertificate!),
    )
    .$if(filter.from !== undefined, (query) => query.where("d.decided_at", ">=", new Date(filter.from!)))
    .$if(filter.to !== undefined, (query) => query.where("d.decided_at", "<", new Date(filter.to!)));
}

export async function selectDecisions(
  db: Kysely<Tables>,
  filter: DecisionFilter,
  limit: number,
  offset: number,
) {
  return await decisionsMatching(db, filter)
    .select([
      "d.decision_id",
      "d.decided_at",
      "d.outcome",
      "d.reasons",
      "d.machine_id",
      "d.packs_digest",
      "d.region_code",
    ])
    .select(["m.name as machine_name", "m.enterprise_id", "p.name_ciphertext"])
    .orderBy("d.decided_at", "desc")
    .orderBy("d.decision_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number];

export async function countDecisions(db: Kysely<Tables>, filter: DecisionFilter): Promise<number> {
  const row = await decisionsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectDecision(db: Kysely<Tables>, decisionId: string) {
  return await decisionsMatching(db, {})
    .selectAll("d")
    .select(["m.name as machine_name", "m.enterprise_id", "p.name_ciphertext"])
    .where(sql<boolean>`d.decision_id = ${decisionId}::uuid`)
    .executeTakeFirst();
}
