import type { AlarmKind, AlarmSeverity } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import { hasMachineAtWork, holdsMachineAtWork, isAtWork } from "../../db/at-work.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";
import { weldersReached } from "../welders/welders.ts";

type Db = Kysely<Tables>;

/** What is counted: rows within reach whose region begins with a code, by as many digits of it as children have. */
export interface Part {
  reach: ReachedRows;
  /** Empty: everywhere. */
  region: string;
  childLength: number;
}

/** A child region's code, or the parent's own where something lies in the parent itself. */
export interface CountedWork {
  code: string;
  all: number;
  at_work: number;
}

export async function countMachinesAtWork(db: Db, part: Part, heardSince: Date): Promise<CountedWork[]> {
  const { rows } = await sql<CountedWork>`
    select left(m.region_code, ${part.childLength}::integer) as code, count(*) as all,
           count(*) filter (where ${isAtWork(heardSince)}) as at_work
    from machines m left join twins t on t.chip_id = m.chip_id
    where m.region_code like ${`${part.region}%`} and ${withinScope(part.reach, "m.region_code", "m.enterprise_id")}
    group by 1`.execute(db);
  return rows;
}

/** Active firms that weld, and those of whose machines one is under power. */
export async function countEnterprisesAtWork(db: Db, part: Part, heardSince: Date): Promise<CountedWork[]> {
  const { rows } = await sql<CountedWork>`
    select left(e.region_code, ${part.childLength}::integer) as code,
           count(*) filter (where e.is_welding and e.status = 'active') as all,
           count(*) filter (where ${hasMachineAtWork(heardSince)}) as at_work
    from enterprises e
    where e.region_code like ${`${part.region}%`} and ${withinScope(part.reach, "e.region_code", "e.enterprise_id")}
    group by 1`.execute(db);
  return rows;
}

export async function countWeldersAtWork(
  db: Db,
  part: Omit<Part, "childLength">,
  heardSince: Date,
): Promise<Omit<CountedWork, "code">> {
  const { rows } = await sql<Omit<CountedWork, "code">>`
    select count(*) as all, count(*) filter (where ${holdsMachineAtWork(heardSince)}) as at_work
    from welders w
    where w.region_code like ${`${part.region}%`} and ${weldersReached(part.reach)}`.execute(db);
  return rows[0] ?? { all: 0, at_work: 0 };
}

export interface CountedAlarms {
  code: string;
  severity: AlarmSeverity;
  kind: AlarmKind;
  open: number;
}

/** Open alarms; those of the whole platform have no region and belong to the whole only. */
export async function countOpen(db: Db, part: Part): Promise<CountedAlarms[]> {
  const { rows } = await sql<CountedAlarms>`
    select coalesce(left(a.region_code, ${part.childLength}::integer), '') as code, a.severity, a.kind,
           count(*) as open
    from alarms a
    where a.closed_at is null and ${alarmsWithin(part)}
    group by 1, 2, 3`.execute(db);
  return rows;
}

/** The newest that are or were live, newest first. */
export async function selectNewest(
  db: Db,
  part: Omit<Part, "childLength">,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ alarm_id: string }>`
    select a.alarm_id from alarms a
    where a.handling not in ('recorded', 'merged') and ${alarmsWithin(part)}
    order by a.raised_at desc, a.alarm_id desc limit ${limit}`.execute(db);
  return rows.map(({ alarm_id }) => alarm_id);
}

/** True for alarm `a`; those without a region lie in no region, and in the whole. */
export function alarmsWithin({ reach, region }: Omit<Part, "childLength">) {
  const within = withinScope(reach, "a.region_code", "a.enterprise_id", "a.site_owner_enterprise_id");
  return region === "" ? within : sql`a.region_code like ${`${region}%`} and ${within}`;
}

export async function countMachinesInside(db: Db, { reach, region }: Omit<Part, "childLength">) {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from machines m
    where m.machine_id in (select machine_id from machine_places where state = 'inside')
      and m.region_code like ${`${region}%`}
      and ${withinScope(reach, "m.region_code", "m.enterprise_id")}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function countOpenClearances(db: Db, { reach, region }: Omit<Part, "childLength">) {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from clearances c
    where c.ended_at is null and c.region_code like ${`${region}%`}
      and ${withinScope(reach, "c.region_code", "c.enterprise_id", "c.site_owner_enterprise_id")}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
