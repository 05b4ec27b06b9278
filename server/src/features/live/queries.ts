import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** Machines as the live picture keeps them: all, or those whose chip was heard since. */
export async function selectLiveRows(db: Kysely<Tables>, heardSince: Date | undefined) {
  return await db
    .selectFrom("machines as m")
    .leftJoin("twins as t", "t.chip_id", "m.chip_id")
    .leftJoin("work_sessions as s", (join) =>
      join.onRef("s.machine_id", "=", "m.machine_id").on("s.status", "in", ["granted", "energised"]),
    )
    .select([
      "m.machine_id",
      "m.name",
      "m.region_code",
      "m.enterprise_id",
      "m.is_mobile",
      "m.is_locked as is_machine_locked",
      "m.home_latitude_degrees",
      "m.home_longitude_degrees",
      "s.status as session_status",
      "t.relay_closed",
      "t.arc_on",
      "t.is_locked",
      "t.is_tampered",
      "t.is_faulted",
      "t.last_heard_at",
      "t.is_gone",
      "t.latitude_degrees",
      "t.longitude_degrees",
      "t.current_amps",
    ])
    .$if(heardSince !== undefined, (query) => query.where("t.last_heard_at", ">=", heardSince!))
    .execute();
}

export type LiveRow = Awaited<ReturnType<typeof selectLiveRows>>[number];

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
