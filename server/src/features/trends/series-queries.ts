import type { TrendMeasure } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { type CivilDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Whole days of a region: from the beginning of the first to that of the day after the last. */
export interface DaysOfRegion {
  region: RegionCode;
  from: CivilDay;
  until: CivilDay;
}

/** A figure by how many hours, or days, after the beginning of the first day; nothing where there was none. */
export interface SlotFigure {
  slot: number;
  value: number;
}

export const startOf = (day: CivilDay) => new Date(shanghaiDayStartMs(day));
export const isWithin = (column: string, region: RegionCode): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} like ${`${region}%`}`;

/** Machines at work in each hour, each once, in whichever part of the hour it worked. A session is over within two days. */
export async function selectWorkByHour(
  db: Db,
  { region, from, until }: DaysOfRegion,
  nowMs: number,
): Promise<SlotFigure[]> {
  const [start, end] = [startOf(from), startOf(until)];
  const { rows } = await sql<SlotFigure>`
    select (extract(epoch from hour - ${start}::timestamptz) / 3600)::int as slot,
           count(distinct s.machine_id)::int as value
    from work_sessions s
    cross join lateral generate_series(
      ${start}::timestamptz
        + floor(extract(epoch from greatest(s.energised_at, ${start}::timestamptz) - ${start}::timestamptz) / 3600)
          * interval '1 hour',
      least(coalesce(s.ended_at, ${new Date(nowMs)}::timestamptz), ${end}::timestamptz) - interval '1 millisecond',
      interval '1 hour') hour
    where ${isWithin("s.region_code", region)}
      and s.granted_at >= ${start}::timestamptz - interval '2 days' and s.granted_at < ${end}
      and s.energised_at is not null
    group by 1 order by 1`.execute(db);
  return rows;
}

/** Alarms raised on each day; what was recorded during maintenance or too late is none. */
export async function selectAlarmsByDay(
  db: Db,
  { region, from, until }: DaysOfRegion,
): Promise<SlotFigure[]> {
  const start = startOf(from);
  const { rows } = await sql<SlotFigure>`
    select floor(extract(epoch from a.raised_at - ${start}::timestamptz) / 86400)::int as slot,
           count(*)::int as value
    from alarms a
    where ${isWithin("a.region_code", region)} and a.raised_at >= ${start} and a.raised_at < ${startOf(until)}
      and a.handling <> 'recorded'
    group by 1 order by 1`.execute(db);
  return rows;
}

/** The same of a demonstration's simulated days. */
export async function selectSimulated(
  db: Db,
  measure: TrendMeasure,
  { region, from, until }: DaysOfRegion,
): Promise<SlotFigure[]> {
  const slot = sql`(d.day - ${from}::date)`;
  const within = sql`${isWithin("d.region_code", region)} and d.day >= ${from}::date and d.day < ${until}::date`;
  const { rows } =
    measure === "alarms"
      ? await sql<SlotFigure>`
          select ${slot}::int as slot, sum(d.alarms)::int as value
          from simulated_trend_days d where ${within} group by 1 order by 1`.execute(db)
      : await sql<SlotFigure>`
          select (${slot} * 24 + hour.nth - 1)::int as slot, sum(hour.machines::int)::int as value
          from simulated_trend_days d
          cross join lateral jsonb_array_elements_text(d.work_by_hour) with ordinality as hour (machines, nth)
          where ${within} group by 1 order by 1`.execute(db);
  return rows;
}
