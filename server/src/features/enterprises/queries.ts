import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import { hasMachineAtWork } from "../../db/at-work.ts";
import { isServed } from "../../db/served-regions.ts";
import type { EnterprisesTable, Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions, withinScope } from "../../db/within-scope.ts";

export interface EnterpriseFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows;
  enterpriseId?: string;
  region?: string;
  type?: string;
  domain?: string;
  /** A section with all its divisions, or one division. */
  industry?: string;
  status?: EnterprisesTable["status"];
  role?: "welding" | "site-owner";
  /** Whether one of its machines is under power; online is who was heard since. */
  work?: { isAtWork: boolean; heardSince: Date };
  text?: string;
}

function enterprisesMatching(db: Kysely<Tables>, filter: EnterpriseFilter) {
  return db
    .selectFrom("enterprises as e")
    .innerJoin("regions as r", "r.region_code", "e.region_code")
    .$if(filter.scope !== undefined, (query) =>
      query.where(withinScope(filter.scope!, "e.region_code", "e.enterprise_id")),
    )
    .$if(filter.enterpriseId !== undefined, (query) =>
      query.where(sql<boolean>`e.enterprise_id = ${filter.enterpriseId}::uuid`),
    )
    .$if(filter.region !== undefined, (query) =>
      query.where("e.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.type !== undefined, (query) => query.where("e.type", "=", filter.type!))
    .$if(filter.domain !== undefined, (query) => query.where("e.domain", "=", filter.domain!))
    .$if(filter.industry !== undefined, (query) => query.where("e.industry", "like", `${filter.industry}%`))
    .$if(filter.status !== undefined, (query) => query.where("e.status", "=", filter.status!))
    .$if(filter.role === "welding", (query) => query.where("e.is_welding", "=", true))
    .$if(filter.role === "site-owner", (query) => query.where("e.is_site_owner", "=", true))
    .$if(filter.work !== undefined, (query) =>
      query.where(hasMachineAtWork(filter.work!.heardSince), "=", filter.work!.isAtWork),
    )
    .$if(filter.text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(lower(e.name), lower(${filter.text})) > 0 or strpos(e.uscc, upper(${filter.text})) > 0
                      or strpos(lower(e.address), lower(${filter.text})) > 0)`,
      ),
    );
}

export type EnterpriseRow = Awaited<ReturnType<typeof selectEnterprises>>[number];
export type EnterpriseSort = "name" | "-name" | "region" | "-region" | "createdAt" | "-createdAt";

const sortColumns = { name: "e.name", region: "e.region_code", createdAt: "e.created_at" } as const;

export async function countEnterprises(db: Kysely<Tables>, filter: EnterpriseFilter): Promise<number> {
  const row = await enterprisesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Those that match, in order, each with what belongs to it counted. @param part which of them; absent: all */
export async function selectEnterprises(
  db: Kysely<Tables>,
  filter: EnterpriseFilter,
  sort: EnterpriseSort = "name",
  part?: { limit: number; offset: number },
) {
  const column = sortColumns[sort.replace("-", "") as keyof typeof sortColumns];
  return await enterprisesMatching(db, filter)
    .selectAll("e")
    .select("r.name as region_name")
    .select([
      sql<number>`(select count(*) from machines m where m.enterprise_id = e.enterprise_id)`.as(
        "machine_count",
      ),
      sql<number>`(select count(*) from enterprise_welders w where w.enterprise_id = e.enterprise_id)`.as(
        "welder_count",
      ),
    ])
    .orderBy(column, sort.startsWith("-") ? "desc" : "asc")
    .orderBy("e.enterprise_id")
    .$if(part !== undefined, (query) => query.limit(part!.limit).offset(part!.offset))
    .execute();
}

export async function insertEnterprise(tx: Kysely<Tables>, row: Insertable<EnterprisesTable>): Promise<void> {
  await tx.insertInto("enterprises").values(row).execute();
}

/** Changes an enterprise that is in one of the statuses; false when it is not. */
export async function updateEnterprise(
  tx: Kysely<Tables>,
  enterpriseId: EnterpriseId,
  statuses: readonly EnterprisesTable["status"][],
  change: Updateable<EnterprisesTable>,
): Promise<boolean> {
  const result = await tx
    .updateTable("enterprises")
    .set(change)
    .where("enterprise_id", "=", enterpriseId)
    .where("status", "in", statuses)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Holds an enterprise's people still until the transaction ends. */
export async function lockEnterprise(tx: Kysely<Tables>, enterpriseId: EnterpriseId): Promise<void> {
  await tx
    .selectFrom("enterprises")
    .select("enterprise_id")
    .where("enterprise_id", "=", enterpriseId)
    .forNoKeyUpdate()
    .execute();
}

/** One who asks twice at once is answered one after the other. */
export async function lockPerson(tx: Kysely<Tables>, personId: PersonId): Promise<void> {
  await tx
    .selectFrom("persons")
    .select("person_id")
    .where("person_id", "=", personId)
    .forNoKeyUpdate()
    .execute();
}

export async function hasRegion(db: Kysely<Tables>, region: string): Promise<boolean> {
  const row = await db
    .selectFrom("regions")
    .select("region_code")
    .where("region_code", "=", region as RegionCode)
    .executeTakeFirst();
  return row !== undefined;
}

export async function countPendingOf(tx: Kysely<Tables>, personId: PersonId): Promise<number> {
  const row = await tx
    .selectFrom("enterprises")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("registered_by", "=", personId)
    .where("status", "=", "pending")
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Regions that nothing lies below, within a reach; without one, wherever the platform serves. */
export async function selectLeafRegions(db: Kysely<Tables>, under: string, scope?: ReachedRows) {
  return await db
    .selectFrom("regions as r")
    .select(["r.region_code", "r.name"])
    .where("r.region_code", "like", `${under}%` as RegionCode)
    .where(scope ? withinRegions(scope, "r.region_code") : isServed("r.region_code"))
    .where(sql<boolean>`not exists (select from regions b where b.parent_code = r.region_code)`)
    .orderBy("r.region_code")
    .execute();
}

const MOST_NAMES = 20;

/** Active ones by part of their name, those that begin with it first. */
export async function selectNames(db: Kysely<Tables>, text: string, role: EnterpriseFilter["role"]) {
  return await enterprisesMatching(db, { status: "active", ...(role ? { role } : {}) })
    .select(["e.enterprise_id", "e.name", "e.address"])
    .where(sql<boolean>`strpos(lower(e.name), lower(${text})) > 0`)
    .orderBy(sql`strpos(lower(e.name), lower(${text}))`)
    .orderBy("e.name")
    .limit(MOST_NAMES)
    .execute();
}
