import type { MachineId } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions, withinScope } from "../../db/within-scope.ts";

/** A row that a search found; its place where somebody has given it one. */
export interface Found {
  id: string;
  name: string;
  detail: string;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
}

/** Machines by a part of their name, of their code or of the number on their plate, the shortest name first. */
export async function findMachines(db: Kysely<Tables>, scope: ReachedRows, text: string, limit: number) {
  return await db
    .selectFrom("machines as m")
    .innerJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .select(["m.machine_id", "m.name", "m.machine_code", "e.name as enterprise_name"])
    .where(withinScope(scope, "m.region_code", "m.enterprise_id"))
    .where(
      sql<boolean>`(strpos(lower(m.name), lower(${text})) > 0
        or strpos(m.machine_code, upper(replace(${text}, '-', ''))) > 0
        or strpos(lower(m.serial_number), lower(${text})) > 0)`,
    )
    .orderBy(sql`length(m.name)`)
    .orderBy("m.name")
    .orderBy("m.machine_id")
    .limit(limit)
    .execute();
}

/**
 * Firms by a part of their name or address.
 * @param machines where machines are seen: a firm without a place of its own is where these stand on average
 */
export async function findEnterprises(
  db: Kysely<Tables>,
  scope: ReachedRows,
  machines: ReachedRows,
  text: string,
  limit: number,
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select e.enterprise_id::text as id, e.name, coalesce(e.address, r.name) as detail,
           coalesce(e.latitude_degrees, w.latitude_degrees) as latitude_degrees,
           coalesce(e.longitude_degrees, w.longitude_degrees) as longitude_degrees
    from (select * from enterprises e
          where ${withinScope(scope, "e.region_code", "e.enterprise_id")}
            and (strpos(lower(e.name), lower(${text})) > 0 or strpos(lower(e.address), lower(${text})) > 0)
          order by length(e.name), e.name, e.enterprise_id limit ${limit}) e
    join regions r on r.region_code = e.region_code
    left join lateral ${middleOfMachines(machines)} w on true
    order by length(e.name), e.name, e.enterprise_id`.execute(db);
  return rows;
}

function middleOfMachines(machines: ReachedRows): RawBuilder<unknown> {
  return sql`(select avg(m.home_latitude_degrees) as latitude_degrees, avg(m.home_longitude_degrees) as longitude_degrees
    from machines m where m.enterprise_id = e.enterprise_id and e.latitude_degrees is null
      and ${withinScope(machines, "m.region_code", "m.enterprise_id")})`;
}

/** Regions as they are today by a part of their name or the beginning of their code, the largest first. */
export async function findRegions(
  db: Kysely<Tables>,
  scope: ReachedRows,
  text: string,
  limit: number,
): Promise<Found[]> {
  const code = /^\d+$/.test(text) ? `${text}%` : "";
  const { rows } = await sql<Found>`
    select r.region_code as id, r.name, coalesce(p.name, '') as detail, r.latitude_degrees, r.longitude_degrees
    from regions r left join regions p on p.region_code = r.parent_code
    where ${withinRegions(scope, "r.region_code")} and r.abolished_on is null
      and (strpos(r.name, ${text}) > 0 or r.region_code like ${code})
    order by length(r.region_code), r.region_code limit ${limit}`.execute(db);
  return rows;
}

/** Fire stations at work by a part of their name. */
export async function findFireStations(
  db: Kysely<Tables>,
  scope: ReachedRows,
  text: string,
  limit: number,
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select s.fire_station_id::text as id, s.name, r.name as detail, s.latitude_degrees, s.longitude_degrees
    from fire_stations s join regions r on r.region_code = s.region_code
    where ${withinRegions(scope, "s.region_code")} and s.is_active and strpos(lower(s.name), lower(${text})) > 0
    order by length(s.name), s.name, s.fire_station_id limit ${limit}`.execute(db);
  return rows;
}

/** Work under power on some machines, and the different people in it whose work may be told. */
export async function countWork(
  db: Kysely<Tables>,
  machineIds: readonly MachineId[],
  sessions: ReachedRows,
  people: ReachedRows,
): Promise<{ workSessions: number; welders: number }> {
  const { rows } = await sql<{ sessions: number; welders: number }>`
    select count(*)::int as sessions,
           (count(distinct s.welder_id) filter (where ${withinScope(people, "m.region_code", "m.enterprise_id")}))::int as welders
    from work_sessions s join machines m on m.machine_id = s.machine_id
    where s.status = 'energised' and s.machine_id = any(${[...machineIds]}::uuid[])
      and ${withinScope(sessions, "m.region_code", "m.enterprise_id")}`.execute(db);
  const [counted] = rows;
  return { workSessions: counted!.sessions, welders: counted!.welders };
}
