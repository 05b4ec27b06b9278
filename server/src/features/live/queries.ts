import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** Refused starts by region since an instant. */
export async function countRefusals(db: Kysely<Tables>, since: Date) {
  return await db
    .selectFrom("decisions as d")
    .innerJoin("machines as m", "m.machine_id", "d.machine_id")
    .select((expression) => [
      "d.region_code",
      "m.enterprise_id",
      expression.fn.countAll<number>().as("count"),
    ])
    .where("d.outcome", "!=", "grant")
    .where("d.decided_at", ">=", since)
    .groupBy(["d.region_code", "m.enterprise_id"])
    .execute();
}

export type RefusalCount = { region_code: RegionCode; enterprise_id: EnterpriseId; count: number };
