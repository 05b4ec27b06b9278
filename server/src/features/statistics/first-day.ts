import type { RegionCode } from "@hanyouxu/protocol";
import type { CivilDay } from "@hanyouxu/rules";
import { sql } from "kysely";
import type { AppContext } from "../../context.ts";

/** Facts of what happened; certificates and machines have days of their own from long before the platform. */
const HAPPENED = [
  "statistics_sessions",
  "statistics_decisions",
  "statistics_alarms",
  "statistics_clearances",
];

/** The first day of which anything was counted in a region; undefined: nothing was. */
export async function firstCountedDay(
  { db }: Pick<AppContext, "db">,
  region: RegionCode | null,
): Promise<CivilDay | undefined> {
  const days = HAPPENED.map(
    (table) =>
      sql`select min(day) as day from ${sql.table(table)} where region_code like ${`${region ?? ""}%`}`,
  );
  const { rows } = await sql<{ day: string | null }>`
    select min(day)::text as day from (${sql.join(days, sql` union all `)}) d`.execute(db);
  return rows[0]?.day ?? undefined;
}
