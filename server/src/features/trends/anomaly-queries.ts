import type { Anomaly } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type DaysOfRegion, isWithin, startOf } from "./series-queries.ts";

export interface DayFigure {
  enterprise_id: EnterpriseId | null;
  region_code: RegionCode;
  /** Days after the first. */
  slot: number;
  value: number;
}

/** A figure of each day, by firm and by where it happened. */
export async function selectDayFigures(
  db: Kysely<Tables>,
  figure: Anomaly["figure"],
  { region, from, until }: DaysOfRegion,
): Promise<DayFigure[]> {
  const [start, end] = [startOf(from), startOf(until)];
  const day = (column: string) =>
    sql`floor(extract(epoch from ${sql.ref(column)} - ${start}::timestamptz) / 86400)::int`;
  const between = (column: string) => sql`${sql.ref(column)} >= ${start} and ${sql.ref(column)} < ${end}`;
  const queries = {
    alarms: sql<DayFigure>`
      select a.enterprise_id, a.region_code, ${day("a.raised_at")} as slot, count(*)::int as value
      from alarms a
      where ${isWithin("a.region_code", region)} and ${between("a.raised_at")} and a.handling <> 'recorded'
      group by 1, 2, 3`,
    refusals: sql<DayFigure>`
      select m.enterprise_id, d.region_code, ${day("d.decided_at")} as slot, count(*)::int as value
      from decisions d join machines m using (machine_id)
      where ${isWithin("d.region_code", region)} and ${between("d.decided_at")} and d.outcome = 'refuse'
      group by 1, 2, 3`,
    "work-hours": sql<DayFigure>`
      select s.enterprise_id, s.region_code, ${day("s.granted_at")} as slot,
             (sum(s.energised_ms) / 3600000.0)::float8 as value
      from work_sessions s
      where ${isWithin("s.region_code", region)} and ${between("s.granted_at")} and s.energised_at is not null
      group by 1, 2, 3`,
  };
  return (await queries[figure].execute(db)).rows;
}

/** The same of a demonstration's simulated days, of regions alone. */
export async function selectSimulatedFigures(
  db: Kysely<Tables>,
  figure: Anomaly["figure"],
  { region, from, until }: DaysOfRegion,
): Promise<DayFigure[]> {
  if (figure === "refusals") return [];
  const value =
    figure === "alarms"
      ? sql`d.alarms`
      : sql`(select sum(hour::int) from jsonb_array_elements_text(d.work_by_hour) hour)`;
  const { rows } = await sql<DayFigure>`
    select null::uuid as enterprise_id, d.region_code, (d.day - ${from}::date)::int as slot, ${value}::int as value
    from simulated_trend_days d
    where ${isWithin("d.region_code", region)} and d.day >= ${from}::date and d.day < ${until}::date`.execute(
    db,
  );
  return rows;
}

export async function selectNames(
  db: Kysely<Tables>,
  enterpriseIds: readonly EnterpriseId[],
  regions: readonly RegionCode[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; name: string }>`
    select enterprise_id::text as key, name from enterprises where enterprise_id = any(${[...enterpriseIds]}::uuid[])
    union all
    select region_code, name from regions where region_code = any(${[...regions]}::text[])`.execute(db);
  return new Map(rows.map(({ key, name }) => [key, name]));
}
