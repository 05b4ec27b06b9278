import type { EnterpriseId, KeyAreaId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { KeyAreaKind } from "@hanyouxu/rules";
import { type Insertable, type Kysely, sql } from "kysely";
import type { KeyAreasTable, KeyAreaVersionsTable } from "../../db/tables/key-areas.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";
import type { Box } from "./geometry/measure.ts";

const versionColumns = [
  "v.version",
  "v.status",
  "v.region_code",
  "v.kind",
  "v.regime",
  "v.name",
  "v.site_owner_enterprise_id",
  "v.address",
  "v.geometry",
  "v.circle",
  "v.floors",
  "v.min_height_metres",
  "v.max_height_metres",
  "v.validity",
  "v.policy",
  "v.changed_at",
] as const;

/** Every key area with its current version. */
export function currentVersions(db: Kysely<Tables>) {
  return db
    .selectFrom("key_areas as a")
    .innerJoin("key_area_versions as v", (join) =>
      join.onRef("v.key_area_id", "=", "a.key_area_id").onRef("v.version", "=", "a.version"),
    )
    .select(["a.key_area_id", "a.revision"])
    .select(["a.west_degrees", "a.south_degrees", "a.east_degrees", "a.north_degrees"])
    .select(versionColumns);
}

export type CurrentVersionRow = Awaited<ReturnType<ReturnType<typeof currentVersions>["execute"]>>[number];

export interface KeyAreaFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows | undefined;
  keyAreaId?: string | undefined;
  kind?: KeyAreaKind | undefined;
  region?: string | undefined;
  status?: KeyAreasTable["status"] | undefined;
  siteOwnerEnterpriseId?: string | undefined;
  text?: string | undefined;
  /** Whose box meets this one. */
  box?: Box | undefined;
  /** In force at some time of this, both ends included. */
  inForce?: { from: Date | null; until: Date | null } | undefined;
}

/** Those that match, with the names that screens show beside them. */
export function keyAreasMatching(db: Kysely<Tables>, filter: KeyAreaFilter) {
  const { box, text, inForce } = filter;
  return currentVersions(db)
    .innerJoin("regions as r", "r.region_code", "a.region_code")
    .leftJoin("enterprises as e", "e.enterprise_id", "a.site_owner_enterprise_id")
    .select(["a.contacts_ciphertext", "r.name as region_name", "e.name as site_owner_name"])
    .$if(filter.scope !== undefined, (query) =>
      query.where(withinScope(filter.scope!, "a.region_code", "a.site_owner_enterprise_id")),
    )
    .$if(filter.keyAreaId !== undefined, (query) =>
      query.where("a.key_area_id", "=", filter.keyAreaId as KeyAreaId),
    )
    .$if(filter.kind !== undefined, (query) => query.where("a.kind", "=", filter.kind!))
    .$if(filter.region !== undefined, (query) =>
      query.where("a.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.status !== undefined, (query) => query.where("a.status", "=", filter.status!))
    .$if(filter.siteOwnerEnterpriseId !== undefined, (query) =>
      query.where("a.site_owner_enterprise_id", "=", filter.siteOwnerEnterpriseId as EnterpriseId),
    )
    .$if(text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(lower(a.name), lower(${text})) > 0 or strpos(lower(v.address), lower(${text})) > 0
                      or strpos(lower(e.name), lower(${text})) > 0)`,
      ),
    )
    .$if((inForce?.from ?? null) !== null, (query) =>
      query.where(sql<boolean>`coalesce((v.validity->>'until')::timestamptz > ${inForce!.from}, true)`),
    )
    .$if((inForce?.until ?? null) !== null, (query) =>
      query.where(sql<boolean>`coalesce((v.validity->>'from')::timestamptz <= ${inForce!.until}, true)`),
    )
    .$if(box !== undefined, (query) =>
      query
        .where("a.south_degrees", "<=", box!.northDegrees)
        .where("a.north_degrees", ">=", box!.southDegrees)
        .where("a.west_degrees", "<=", box!.eastDegrees)
        .where("a.east_degrees", ">=", box!.westDegrees),
    );
}

export type KeyAreaRow = Awaited<ReturnType<typeof selectKeyAreas>>[number];
export type KeyAreaSort = "name" | "-name" | "region" | "-region" | "changedAt" | "-changedAt";

const sortColumns = { name: "a.name", region: "a.region_code", changedAt: "v.changed_at" } as const;

/** @param part which of them; absent: all */
export async function selectKeyAreas(
  db: Kysely<Tables>,
  filter: KeyAreaFilter,
  sort: KeyAreaSort = "name",
  part?: { limit: number; offset: number },
) {
  return await keyAreasMatching(db, filter)
    .orderBy(
      sortColumns[sort.replace("-", "") as keyof typeof sortColumns],
      sort.startsWith("-") ? "desc" : "asc",
    )
    .orderBy("a.key_area_id")
    .$if(part !== undefined, (query) => query.limit(part!.limit).offset(part!.offset))
    .execute();
}

export async function countKeyAreas(db: Kysely<Tables>, filter: KeyAreaFilter): Promise<number> {
  const row = await keyAreasMatching(db, filter)
    .clearSelect()
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** What an area was, the newest first, with who changed it. */
export async function selectVersions(
  db: Kysely<Tables>,
  keyAreaId: KeyAreaId,
  part: { limit: number; offset: number },
) {
  return await db
    .selectFrom("key_area_versions as v")
    .innerJoin("regions as r", "r.region_code", "v.region_code")
    .innerJoin("persons as p", "p.person_id", "v.changed_by")
    .leftJoin("enterprises as e", "e.enterprise_id", "v.site_owner_enterprise_id")
    .select(versionColumns)
    .select(["v.reason", "p.name_ciphertext", "r.name as region_name", "e.name as site_owner_name"])
    .where("v.key_area_id", "=", keyAreaId)
    .orderBy("v.version", "desc")
    .limit(part.limit)
    .offset(part.offset)
    .execute();
}

export type KeyAreaVersionRow = Awaited<ReturnType<typeof selectVersions>>[number];

/** Counts one change, and makes those who change other areas wait until this one is done. */
export async function nextRevision(tx: Kysely<Tables>): Promise<number> {
  const { revision } = await tx
    .updateTable("key_areas_revision")
    .set({ revision: sql<number>`revision + 1` })
    .returning("revision")
    .executeTakeFirstOrThrow();
  return revision;
}

export async function insertAreas(tx: Kysely<Tables>, rows: readonly Insertable<KeyAreasTable>[]) {
  await tx.insertInto("key_areas").values(rows).execute();
}

export async function updateArea(
  tx: Kysely<Tables>,
  {
    key_area_id,
    ...change
  }: Omit<Insertable<KeyAreasTable>, "contacts_ciphertext"> &
    Partial<Pick<KeyAreasTable, "contacts_ciphertext">>,
) {
  await tx.updateTable("key_areas").set(change).where("key_area_id", "=", key_area_id).execute();
}

export async function insertVersions(tx: Kysely<Tables>, rows: readonly Insertable<KeyAreaVersionsTable>[]) {
  await tx.insertInto("key_area_versions").values(rows).execute();
}

/** The version before it once more, as abolished. */
export async function insertAbolition(
  tx: Kysely<Tables>,
  keyAreaId: KeyAreaId,
  version: number,
  { actor, at, reason }: { actor: PersonId; at: Date; reason: string },
): Promise<void> {
  await sql`
    insert into key_area_versions (key_area_id, version, status, region_code, kind, regime, name,
      site_owner_enterprise_id, address, geometry, circle, floors, min_height_metres, max_height_metres, validity, policy,
      changed_by, changed_at, reason)
    select key_area_id, ${version}, 'abolished', region_code, kind, regime, name,
      site_owner_enterprise_id, address, geometry, circle, floors, min_height_metres, max_height_metres, validity, policy,
      ${actor}::uuid, ${at}::timestamptz, ${reason}
    from key_area_versions where key_area_id = ${keyAreaId} and version = ${version - 1}`.execute(tx);
}

export async function isActiveSiteOwner(db: Kysely<Tables>, enterpriseId: string): Promise<boolean> {
  const row = await db
    .selectFrom("enterprises")
    .select("enterprise_id")
    .where("enterprise_id", "=", enterpriseId as EnterpriseId)
    .where("is_site_owner", "=", true)
    .where("status", "=", "active")
    .executeTakeFirst();
  return row !== undefined;
}

/** The region itself first, then those it lies in. */
export async function selectRegionsAbove(db: Kysely<Tables>, region: string) {
  return await db
    .selectFrom("regions")
    .select(["region_code", "latitude_degrees", "longitude_degrees"])
    // By the codes that it begins with, which the index finds among 45,000.
    .where(
      sql<boolean>`region_code = any (array(select left(${region}::text, n) from generate_series(1, length(${region}::text)) n))`,
    )
    .orderBy(sql`length(region_code)`, "desc")
    .execute();
}
