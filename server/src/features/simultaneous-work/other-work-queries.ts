import type { EnterpriseId, KeyAreaId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { OtherWorkKind } from "@hanyouxu/rules";
import { type Insertable, type Kysely, type SqlBool, sql } from "kysely";
import type { OtherWorksTable } from "../../db/tables/simultaneous-work.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface OtherWorkFilter {
  otherWorkId?: string;
  /** Whether its time is not over at an instant. */
  isOpen?: { value: boolean; at: Date } | undefined;
  kind?: OtherWorkKind | undefined;
  region?: string | undefined;
  text?: string | undefined;
  /** Absent: all, for the platform itself. */
  scope?: ReachedRows;
}

function worksMatching(db: Db, { otherWorkId, isOpen, kind, region, text, scope }: OtherWorkFilter) {
  return db
    .selectFrom("other_works as o")
    .innerJoin("regions as r", "r.region_code", "o.region_code")
    .innerJoin("enterprises as e", "e.enterprise_id", "o.enterprise_id")
    .leftJoin("enterprises as s", "s.enterprise_id", "o.site_owner_enterprise_id")
    .leftJoin("key_areas as a", "a.key_area_id", "o.key_area_id")
    .$if(scope !== undefined, (query) =>
      query.where(withinScope(scope!, "o.region_code", "o.enterprise_id", "o.site_owner_enterprise_id")),
    )
    .$if(otherWorkId !== undefined, (query) => query.where("o.other_work_id", "=", otherWorkId!))
    .$if(isOpen !== undefined, (query) =>
      query.where(
        sql<SqlBool>`(o.ended_at is null and o.planned_to > ${isOpen!.at}) = ${isOpen!.value}::boolean`,
      ),
    )
    .$if(kind !== undefined, (query) => query.where("o.kind", "=", kind!))
    .$if(region !== undefined, (query) => query.where("o.region_code", "like", `${region}%` as RegionCode))
    .$if(text !== undefined && text !== "", (query) =>
      query.where(sql<SqlBool>`(strpos(lower(e.name), lower(${text})) > 0
        or strpos(lower(coalesce(s.name, '')), lower(${text})) > 0
        or strpos(lower(coalesce(a.name, '')), lower(${text})) > 0
        or strpos(lower(o.place_description), lower(${text})) > 0)`),
    );
}

/** The latest first. */
export async function selectOtherWorks(db: Db, filter: OtherWorkFilter, limit: number, offset: number) {
  return await worksMatching(db, filter)
    .selectAll("o")
    .select(["r.name as region_name", "e.name as enterprise_name"])
    .select(["s.name as site_owner_name", "a.name as key_area_name"])
    .orderBy("o.declared_at", "desc")
    .orderBy("o.other_work_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type OtherWorkRow = Awaited<ReturnType<typeof selectOtherWorks>>[number];

export async function countOtherWorks(db: Db, filter: OtherWorkFilter): Promise<number> {
  const row = await worksMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertOtherWork(tx: Db, row: Insertable<OtherWorksTable>): Promise<void> {
  await tx.insertInto("other_works").values(row).execute();
}

/** False when it was ended before. */
export async function endRow(
  tx: Db,
  otherWorkId: string,
  { at, by, reason }: { at: Date; by: PersonId; reason: string },
): Promise<boolean> {
  const result = await tx
    .updateTable("other_works")
    .set({ ended_at: at, ended_by: by, end_reason: reason })
    .where("other_work_id", "=", otherWorkId)
    .where("ended_at", "is", null)
    .where("planned_to", ">", at)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function selectActiveFirm(db: Db, enterpriseId: string) {
  return await db
    .selectFrom("enterprises")
    .select(["enterprise_id", "region_code"])
    .where("enterprise_id", "=", enterpriseId as EnterpriseId)
    .where("status", "=", "active")
    .executeTakeFirst();
}

export async function selectActiveArea(db: Db, keyAreaId: string) {
  return await db
    .selectFrom("key_areas")
    .select(["key_area_id", "region_code", "site_owner_enterprise_id"])
    .select(["west_degrees", "south_degrees", "east_degrees", "north_degrees"])
    .where("key_area_id", "=", keyAreaId as KeyAreaId)
    .where("status", "=", "active")
    .executeTakeFirst();
}

export type ActiveArea = NonNullable<Awaited<ReturnType<typeof selectActiveArea>>>;

/** @returns of how many works it wiped the contact */
export async function wipeContacts(db: Db, overBefore: Date, limit: number): Promise<number> {
  const result = await sql`
    update other_works set contact_name_ciphertext = null, contact_phone_ciphertext = null
    where other_work_id in (
      select other_work_id from other_works
      where contact_name_ciphertext is not null and least(planned_to, ended_at) < ${overBefore}
      limit ${limit})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
