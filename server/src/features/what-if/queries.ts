import type { DecisionId, MachineId, RegionCode, WelderId } from "@hanyouxu/protocol";
import type { Decision, StartFacts } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export interface PastStarts {
  scope: ReachedRows;
  region: RegionCode;
  from: Date;
  to: Date;
}

export interface PastStart {
  decision_id: DecisionId;
  decided_at: Date;
  welder_id: WelderId;
  machine_id: MachineId;
  machine_name: string;
  outcome: Decision["outcome"];
  facts: StartFacts;
  policy: Record<string, unknown>;
}

function within(db: Kysely<Tables>, { scope, region, from, to }: PastStarts) {
  return db
    .selectFrom("decisions as d")
    .innerJoin("machines as m", "m.machine_id", "d.machine_id")
    .where(withinScope(scope, "d.region_code", "m.enterprise_id"))
    .where("d.region_code", "like", `${region}%` as RegionCode)
    .where("d.decided_at", ">=", from)
    .where("d.decided_at", "<", to);
}

export async function countPastStarts(db: Kysely<Tables>, past: PastStarts): Promise<number> {
  const row = await within(db, past)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A part of them, the oldest first, from the first behind `after` on; of every n-th welder, all. */
export async function selectPastStarts(
  db: Kysely<Tables>,
  past: PastStarts,
  { everyNth, after, most }: { everyNth: number; after: PastStart | undefined; most: number },
): Promise<PastStart[]> {
  const rows = await within(db, past)
    .select([
      "d.decision_id",
      "d.decided_at",
      "d.welder_id",
      "d.machine_id",
      "m.name as machine_name",
      "d.outcome",
      "d.facts",
      "d.policy",
    ])
    .$if(everyNth > 1, (query) =>
      query.where(sql<boolean>`mod(abs(hashtext(d.welder_id::text)::bigint), ${everyNth}) = 0`),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(d.decided_at, d.decision_id) > (${after!.decided_at}, ${after!.decision_id}::uuid)`,
      ),
    )
    .orderBy("d.decided_at")
    .orderBy("d.decision_id")
    .limit(most)
    .execute();
  return rows as PastStart[];
}
