import type { EnterpriseId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export interface ListFilter {
  scope: ReachedRows;
  region?: string | undefined;
  status?: "active" | "suspended" | undefined;
}

/** Enterprises by name, `limit` at most. */
export async function selectEnterprises(
  db: Kysely<Tables>,
  filter: ListFilter & { text?: string | undefined },
  limit: number,
) {
  return await db
    .selectFrom("enterprises as e")
    .innerJoin("regions as r", "r.region_code", "e.region_code")
    .select(["e.name", "e.uscc", "e.industry", "e.region_code", "r.name as region_name", "e.status"])
    .where(withinScope(filter.scope, "e.region_code", "e.enterprise_id"))
    .$if(filter.region !== undefined, (query) =>
      query.where("e.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.status !== undefined, (query) => query.where("e.status", "=", filter.status!))
    .$if(filter.text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(lower(e.name), lower(${filter.text})) > 0 or strpos(e.uscc, upper(${filter.text})) > 0)`,
      ),
    )
    .orderBy("e.name")
    .orderBy("e.enterprise_id")
    .limit(limit)
    .execute();
}

export interface ExportedWelder {
  welder_id: WelderId;
  name_ciphertext: Uint8Array;
  phone_ciphertext: Uint8Array | null;
  identity_ciphertext: Uint8Array | null;
  region_code: RegionCode;
  region_name: string;
  status: "active" | "suspended";
  enterprise_names: string | null;
  family: string | null;
  item: string | null;
  number_ciphertext: Uint8Array | null;
  valid_from: string | null;
  valid_to: string | null;
  review_due_on: string | null;
  certificate_status: string | null;
}

/** Welders with a row for each certificate, `limit` rows at most. An enterprise reaches those who work for it. */
export async function selectWelders(
  db: Kysely<Tables>,
  filter: ListFilter & { enterpriseId?: string | undefined },
  limit: number,
): Promise<ExportedWelder[]> {
  const { scope } = filter;
  const within = scope.regions.map((code) => sql`w.region_code like ${`${code}%`}`);
  const employed = (ids: readonly EnterpriseId[]) =>
    sql`exists (select from enterprise_welders x where x.welder_id = w.welder_id
                and x.enterprise_id = any(${[...ids]}::uuid[]))`;
  const reached = scope.everywhere
    ? sql`true`
    : sql.join([employed(scope.enterprises), ...within], sql` or `);
  const { rows } = await sql<ExportedWelder>`
    select w.welder_id, p.name_ciphertext, p.phone_ciphertext, w.identity_ciphertext, w.region_code,
           r.name as region_name, w.status, c.family, c.item, c.number_ciphertext, c.valid_from, c.valid_to,
           c.review_due_on, c.status as certificate_status,
           (select string_agg(e.name, '、' order by e.name) from enterprise_welders x
            join enterprises e using (enterprise_id) where x.welder_id = w.welder_id) as enterprise_names
    from welders w
    join persons p using (person_id)
    join regions r on r.region_code = w.region_code
    left join certificates c using (welder_id)
    where (${reached})
      ${filter.region === undefined ? sql`` : sql`and w.region_code like ${`${filter.region}%`}`}
      ${filter.status === undefined ? sql`` : sql`and w.status = ${filter.status}`}
      ${filter.enterpriseId === undefined ? sql`` : sql`and ${employed([filter.enterpriseId as EnterpriseId])}`}
    order by w.region_code, w.welder_id, c.valid_to desc
    limit ${limit}`.execute(db);
  return rows;
}
