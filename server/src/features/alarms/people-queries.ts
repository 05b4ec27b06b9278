import type { EnterpriseId, KeyAreaId, MachineId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** The officers of firms, by firm. */
export async function selectOfficers(
  db: Db,
  enterpriseIds: readonly EnterpriseId[],
): Promise<ReadonlyMap<EnterpriseId, PersonId[]>> {
  if (enterpriseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("role_grants")
    .select(["enterprise_id", "person_id"])
    .distinct()
    .where("role", "=", "enterprise-officer")
    .where(sql<boolean>`enterprise_id = any(${[...enterpriseIds]}::uuid[])`)
    .execute();
  return peopleBy(rows.map(({ enterprise_id, person_id }) => [enterprise_id!, person_id]));
}

/** Who the welders are, by welder. */
export async function selectWelderPeople(
  db: Db,
  welderIds: readonly WelderId[],
): Promise<ReadonlyMap<WelderId, PersonId[]>> {
  if (welderIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("welders")
    .select(["welder_id", "person_id"])
    .where(sql<boolean>`welder_id = any(${[...welderIds]}::uuid[])`)
    .execute();
  return peopleBy(rows.map(({ welder_id, person_id }) => [welder_id, person_id]));
}

function peopleBy<Key>(pairs: readonly (readonly [Key, PersonId])[]): ReadonlyMap<Key, PersonId[]> {
  const groups = Map.groupBy(pairs, ([key]) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(([, personId]) => personId)]));
}

/** Who answers for the whole platform. */
export async function selectOperators(db: Db): Promise<PersonId[]> {
  const rows = await db
    .selectFrom("role_grants")
    .select("person_id")
    .distinct()
    .where("role", "=", "operator")
    .where("region_code", "is", null)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** People of a department whose region holds the place. */
export async function selectDepartmentStaff(
  db: Db,
  department: string,
  region: RegionCode | null,
): Promise<PersonId[]> {
  const rows = await db
    .selectFrom("role_grants")
    .select("person_id")
    .distinct()
    .where("department_key", "=", department)
    .where(sql<boolean>`(region_code is null or ${region}::text like region_code || '%')`)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** People of a department whose region holds the place: those of the nearest region that has some. */
export async function selectNearestDepartment(
  db: Db,
  department: string,
  region: RegionCode,
): Promise<PersonId[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    select distinct g.person_id
    from role_grants g join persons p using (person_id)
    where g.department_key = ${department} and p.is_active and ${region}::text like g.region_code || '%'
      and length(g.region_code) = (
        select max(length(o.region_code)) from role_grants o join persons q on q.person_id = o.person_id
        where o.department_key = ${department} and q.is_active and ${region}::text like o.region_code || '%')
    order by g.person_id`.execute(db);
  return rows.map(({ person_id }) => person_id);
}

/** What a notice calls the machine and the key area. */
export interface AlarmNames {
  machine: string | null;
  keyArea: string | null;
  region: string | null;
}

interface Named {
  machine_id: MachineId | null;
  key_area_id: KeyAreaId | null;
  region_code: RegionCode | null;
}

/** How to call the machines, areas and regions of some alarms. */
export async function selectNames(db: Db, alarms: readonly Named[]): Promise<(alarm: Named) => AlarmNames> {
  const ids = (of: (alarm: Named) => string | null) =>
    [...new Set(alarms.map(of))].filter((id) => id !== null);
  const { rows } = await sql<{ id: string; name: string }>`
    select machine_id::text as id, name from machines
      where machine_id = any(${ids(({ machine_id }) => machine_id)}::uuid[])
    union all select key_area_id::text, name from key_areas
      where key_area_id = any(${ids(({ key_area_id }) => key_area_id)}::uuid[])
    union all select region_code, name from regions
      where region_code = any(${ids(({ region_code }) => region_code)}::text[])`.execute(db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ({ machine_id, key_area_id, region_code }) => ({
    machine: names.get(machine_id ?? "") ?? null,
    keyArea: names.get(key_area_id ?? "") ?? null,
    region: names.get(region_code ?? "") ?? null,
  });
}
