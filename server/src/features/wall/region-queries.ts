import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

/** The first and the last code of the regions that machines within reach lie in; null without machines. */
export async function selectOutermost(db: Db, reach: ReachedRows) {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(m.region_code) as first, max(m.region_code) as last from machines m
    where ${withinScope(reach, "m.region_code", "m.enterprise_id")}`.execute(db);
  return rows[0];
}

export interface ChildRow {
  region_code: RegionCode;
  name: string;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
}

/** The regions right below one, each where its machines within reach are at home on average. */
export async function selectChildren(
  db: Db,
  parent: string,
  childLength: number,
  reach: ReachedRows,
): Promise<ChildRow[]> {
  const { rows } = await sql<ChildRow>`
    select r.region_code, r.name, p.latitude_degrees, p.longitude_degrees
    from regions r
    left join (
      select left(m.region_code, ${childLength}::integer) as code, avg(m.home_latitude_degrees) as latitude_degrees,
             avg(m.home_longitude_degrees) as longitude_degrees
      from machines m
      where m.region_code like ${`${parent}%`} and m.home_latitude_degrees is not null
        and ${withinScope(reach, "m.region_code", "m.enterprise_id")}
      group by 1) p on p.code = r.region_code
    where r.region_code like ${`${parent}%`} and length(r.region_code) = ${childLength}::integer
      and r.abolished_on is null
    order by r.region_code`.execute(db);
  return rows;
}
