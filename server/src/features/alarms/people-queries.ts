import type { EnterpriseId, KeyAreaId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function selectOfficers(db: Db, enterpriseId: EnterpriseId): Promise<PersonId[]> {
  const rows = await db
    .selectFrom("role_grants")
    .select("person_id")
    .distinct()
    .where("role", "=", "enterprise-officer")
    .where("enterprise_id", "=", enterpriseId)
    .execute();
  return rows.map(({ person_id }) => person_id);
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

/** What a notice calls the machine and the key area. */
export interface AlarmNames {
  machine: string | null;
  keyArea: string | null;
  region: string | null;
}

export async function selectNames(
  db: Db,
  {
    machine_id,
    key_area_id,
    region_code,
  }: { machine_id: MachineId | null; key_area_id: KeyAreaId | null; region_code: RegionCode | null },
): Promise<AlarmNames> {
  const { rows } = await sql<AlarmNames>`
    select (select name from machines where machine_id = ${machine_id}::uuid) as machine,
           (select name from key_areas where key_area_id = ${key_area_id}::uuid) as "keyArea",
           (select name from regions where region_code = ${region_code}) as region`.execute(db);
  return rows[0]!;
}
