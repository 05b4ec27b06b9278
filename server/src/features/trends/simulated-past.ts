import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { inBackground } from "../../db/background.ts";
import type { Tables } from "../../db/tables.ts";

/** A day of a region that never was: a demonstration has no past of its own. */
export interface SimulatedTrendDay {
  region: string;
  day: string;
  workByHour: readonly number[];
  alarms: number;
}

const ROWS_AT_ONCE = 200;

/** Gives a demonstration's regions a past, marked as simulated wherever it is shown. Regions that it does not know are left out. */
export async function addSimulatedTrendDays(
  { db }: { db: Kysely<Tables> },
  days: readonly SimulatedTrendDay[],
): Promise<void> {
  const known = new Set(
    (await db.selectFrom("regions").select("region_code").execute()).map((row) => row.region_code),
  );
  const rows = days.flatMap(({ region, day, workByHour, alarms }) =>
    known.has(region as RegionCode)
      ? [{ region_code: region as RegionCode, day, work_by_hour: JSON.stringify(workByHour), alarms }]
      : [],
  );
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await inBackground(() =>
      db
        .insertInto("simulated_trend_days")
        .values(rows.slice(at, at + ROWS_AT_ONCE))
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }
}

/** Whether a demonstration has its past already. */
export async function hasSimulatedTrendDays({ db }: { db: Kysely<Tables> }): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from simulated_trend_days) as has`.execute(db);
  return rows[0]!.has;
}
