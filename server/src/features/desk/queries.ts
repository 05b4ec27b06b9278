import type { DeskRegion } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

const MOST_REGIONS = 100;

export async function findRegion(db: Db, code: RegionCode) {
  return await db
    .selectFrom("regions")
    .select(["region_code as code", "name"])
    .where("region_code", "=", code)
    .executeTakeFirst();
}

/** Codes of the regions next below one, or of the provinces; only those that are not abolished. */
export async function selectChildren(db: Db, parent: RegionCode | null): Promise<RegionCode[]> {
  const { rows } = await sql<{ region_code: RegionCode }>`
    with below as (
      select region_code from regions
      where abolished_on is null and region_code like ${`${parent ?? ""}%`} and region_code <> ${parent ?? ""}
    )
    select region_code from below
    where length(region_code) = (select min(length(region_code)) from below)
    order by region_code
    limit ${MOST_REGIONS}`.execute(db);
  return rows.map(({ region_code }) => region_code);
}

export interface DeskScopes {
  alarms: ReachedRows;
  /** Undefined: work is not the caller's to see. */
  sessions: ReachedRows | undefined;
}

/** The figures of some regions, each with all below it, as far as the caller sees. */
export async function selectFigures(
  db: Db,
  codes: readonly RegionCode[],
  { alarms, sessions }: DeskScopes,
): Promise<DeskRegion[]> {
  if (codes.length === 0) return [];
  const working = sessions
    ? sql`(select count(*)::int from work_sessions s
           where s.status in ('granted', 'energised') and s.region_code like r.region_code || '%'
             and ${withinRegions(sessions, "s.region_code")})`
    : sql`null::int`;
  const { rows } = await sql<{
    code: RegionCode;
    name: string;
    open_alarms: number;
    open_dangers: number;
    unacknowledged: number;
    working: number | null;
    overdue: number;
  }>`
    select r.region_code as code, r.name, a.open_alarms, a.open_dangers, a.unacknowledged, ${working} as working,
           (select count(*)::int from rectifications o
            where o.status = 'issued' and o.overdue_at is not null and o.region_code like r.region_code || '%'
              and ${withinRegions(alarms, "o.region_code")}) as overdue
    from regions r
    cross join lateral (
      select count(*)::int as open_alarms, (count(*) filter (where l.severity = 'danger'))::int as open_dangers,
             (count(*) filter (where l.handling = 'unacknowledged'))::int as unacknowledged
      from alarms l
      where l.closed_at is null and l.region_code like r.region_code || '%'
        and ${withinRegions(alarms, "l.region_code")}) a
    where r.region_code = any(${[...codes]}::text[])
    order by a.open_dangers desc, a.open_alarms desc, r.region_code`.execute(db);
  return rows.map(({ open_alarms, open_dangers, overdue, ...row }) => ({
    ...row,
    openAlarms: open_alarms,
    openDangers: open_dangers,
    overdueRectifications: overdue,
  }));
}
