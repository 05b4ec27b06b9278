import type { EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

export interface LiveChange {
  /** Machines whose chip was heard since. */
  heardSince: Date;
  /** Of machines heard since then also those whose chip has gone: the broker's word is not the chip's. */
  goneSince: Date;
}

/** So many machines a statement: the embedded database serves nobody else meanwhile. */
const MACHINES_AT_ONCE = 50;

/** Machines as the live picture keeps them: all, those that changed, or those named. */
export async function selectLiveRows(
  db: Kysely<Tables>,
  which: "all" | LiveChange | { machineIds: readonly MachineId[] },
): Promise<LiveRow[]> {
  const machineIds =
    typeof which === "object" && "machineIds" in which ? which.machineIds : await selectMachineIds(db, which);
  const rows: LiveRow[] = [];
  for (let start = 0; start < machineIds.length; start += MACHINES_AT_ONCE) {
    rows.push(...(await selectRows(db, machineIds.slice(start, start + MACHINES_AT_ONCE))));
  }
  return rows;
}

async function selectMachineIds(db: Kysely<Tables>, which: "all" | LiveChange): Promise<MachineId[]> {
  const rows =
    which === "all"
      ? await db.selectFrom("machines").select("machine_id").execute()
      : await db
          .selectFrom("twins as t")
          .innerJoin("machines as m", "m.chip_id", "t.chip_id")
          .select("m.machine_id")
          .where(
            sql<boolean>`(t.last_heard_at >= ${which.heardSince}
                          or (t.is_gone and t.last_heard_at >= ${which.goneSince}))`,
          )
          .execute();
  return rows.map(({ machine_id }) => machine_id);
}

async function selectRows(db: Kysely<Tables>, machineIds: readonly MachineId[]) {
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
    .where(sql<boolean>`m.machine_id = any(${[...machineIds]}::uuid[])`)
    .execute();
}

export type LiveRow = Awaited<ReturnType<typeof selectRows>>[number];

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
