import type { RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { PoliciesTable, Tables } from "../../db/tables.ts";

export async function findRegion(db: Kysely<Tables>, region: RegionCode) {
  return await db
    .selectFrom("regions")
    .select(["region_code", "name"])
    .where("region_code", "=", region)
    .executeTakeFirst();
}

/** Every version of the region and of those above it, the newest first. */
export async function selectPolicyVersions(db: Kysely<Tables>, region: RegionCode) {
  return await db
    .selectFrom("policies as p")
    .innerJoin("regions as r", "r.region_code", "p.region_code")
    .select(["p.region_code", "p.version", "p.effective_from", "p.values", "r.name"])
    .where(sql<boolean>`${region} like p.region_code || '%'`)
    .orderBy(sql`length(p.region_code)`, "desc")
    .orderBy("p.version", "desc")
    .execute();
}

/** The region's own newest version; 0 when it has none. Others who would add one wait for the end of the transaction. */
export async function newestVersionForUpdate(tx: Kysely<Tables>, region: RegionCode): Promise<number> {
  await tx
    .selectFrom("regions")
    .select("region_code")
    .where("region_code", "=", region)
    .forUpdate()
    .executeTakeFirst();
  const row = await tx
    .selectFrom("policies")
    .select((expression) => expression.fn.max("version").as("version"))
    .where("region_code", "=", region)
    .executeTakeFirst();
  return row?.version ?? 0;
}

export async function findPolicyValues(tx: Kysely<Tables>, region: RegionCode, version: number) {
  const row = await tx
    .selectFrom("policies")
    .select("values")
    .where("region_code", "=", region)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.values ?? null;
}

export async function insertPolicy(tx: Kysely<Tables>, row: Insertable<PoliciesTable>): Promise<void> {
  await tx.insertInto("policies").values(row).execute();
}
