import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { personsWithin } from "../../db/persons-within.ts";
import type { Tables } from "../../db/tables.ts";
import type { ReachedRows } from "../../db/within-scope.ts";

export interface PersonFilter {
  scope?: ReachedRows;
  personId?: PersonId | undefined;
  role?: string | undefined;
}

function personsMatching(db: Kysely<Tables>, { scope, personId, role }: PersonFilter) {
  return db
    .selectFrom("persons as p")
    .leftJoin("welders as w", "w.person_id", "p.person_id")
    .leftJoin("regions as r", "r.region_code", "w.region_code")
    .$if(scope !== undefined, (query) => query.where(sql<boolean>`p.person_id in ${personsWithin(scope!)}`))
    .$if(personId !== undefined, (query) => query.where("p.person_id", "=", personId!))
    .$if(role !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from role_grants g where g.person_id = p.person_id and g.role = ${role})`,
      ),
    );
}

export async function countPersons(db: Kysely<Tables>, filter: PersonFilter): Promise<number> {
  const row = await personsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export type PersonRow = Awaited<ReturnType<typeof selectPersons>>[number];

/** Newest first, each with roles and where he belongs. */
export async function selectPersons(db: Kysely<Tables>, filter: PersonFilter, limit = 1, offset = 0) {
  return await personsMatching(db, filter)
    .select(["p.person_id", "p.name_ciphertext", "p.phone_ciphertext", "p.is_active"])
    .select(["w.identity_ciphertext", "w.welder_id", "w.region_code", "r.name as region_name"])
    .select([
      sql<string[]>`coalesce((select jsonb_agg(distinct g.role order by g.role) from role_grants g
        where g.person_id = p.person_id), '[]')`.as("roles"),
      sql<string[]>`coalesce((select jsonb_agg(distinct region) from (
        select coalesce(g.region_code, e.region_code) as region from role_grants g
        left join enterprises e on e.enterprise_id = g.enterprise_id where g.person_id = p.person_id
        union select w.region_code) as of_roles where region is not null), '[]')`.as("regions"),
      sql<string[]>`coalesce((select jsonb_agg(distinct firm) from (
        select g.enterprise_id as firm from role_grants g where g.person_id = p.person_id
        union select ew.enterprise_id from enterprise_welders ew where ew.welder_id = w.welder_id) as firms
        where firm is not null), '[]')`.as("enterprises"),
      sql<boolean>`exists (select from erasure_requests q where q.person_id = p.person_id
        and q.status in ('partly', 'done'))`.as("is_erased"),
    ])
    .orderBy("p.created_at", "desc")
    .orderBy("p.person_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function selectCertificateNumbers(db: Kysely<Tables>, personId: PersonId) {
  const rows = await db
    .selectFrom("certificates as c")
    .innerJoin("welders as w", "w.welder_id", "c.welder_id")
    .select("c.number_ciphertext")
    .where("w.person_id", "=", personId)
    .orderBy("c.valid_to", "desc")
    .execute();
  return rows.flatMap(({ number_ciphertext }) => (number_ciphertext ? [number_ciphertext] : []));
}
