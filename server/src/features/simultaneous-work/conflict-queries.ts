import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { ToldPerson, WorkConflictsTable } from "../../db/tables/simultaneous-work.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

/** False when the pair has an open conflict already. */
export async function insertConflict(tx: Db, row: Insertable<WorkConflictsTable>): Promise<boolean> {
  const result = await tx
    .insertInto("work_conflicts")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["one_key", "other_key"]).where("cleared_at", "is", null).doNothing(),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Those that are open now. @param key only of this work */
export async function selectOpenConflicts(db: Db, key?: string) {
  return await db
    .selectFrom("work_conflicts")
    .select(["work_conflict_id", "one_key", "other_key"])
    .where("cleared_at", "is", null)
    .$if(key !== undefined, (query) =>
      query.where((where) => where.or([where("one_key", "=", key!), where("other_key", "=", key!)])),
    )
    .orderBy("raised_at")
    .execute();
}

export type OpenConflict = Awaited<ReturnType<typeof selectOpenConflicts>>[number];

/** Who was warned of it; undefined when it is cleared already. */
export async function clearRow(
  tx: Db,
  workConflictId: string,
  at: Date,
  because: "ended" | "apart",
): Promise<ToldPerson[] | undefined> {
  const row = await tx
    .updateTable("work_conflicts")
    .set({ cleared_at: at, cleared_because: because })
    .where("work_conflict_id", "=", workConflictId)
    .where("cleared_at", "is", null)
    .returning("told")
    .executeTakeFirst();
  return row?.told;
}

export async function updateOpenConflict(
  tx: Db,
  workConflictId: string,
  change: Updateable<WorkConflictsTable>,
): Promise<void> {
  await tx
    .updateTable("work_conflicts")
    .set(change)
    .where("work_conflict_id", "=", workConflictId)
    .where("cleared_at", "is", null)
    .execute();
}

export async function selectFirmOfficers(db: Db, firms: readonly EnterpriseId[]): Promise<PersonId[]> {
  if (firms.length === 0) return [];
  const rows = await db
    .selectFrom("role_grants")
    .select("person_id")
    .distinct()
    .where("role", "=", "enterprise-officer")
    .where("enterprise_id", "in", [...firms])
    .execute();
  return rows.map(({ person_id }) => person_id);
}

export interface ConflictFilter {
  workConflictId?: string;
  isOpen?: boolean | undefined;
  kind?: WorkConflictsTable["kind"] | undefined;
  region?: string | undefined;
  /** Absent: all, for the platform itself. */
  scope?: ReachedRows;
}

const FIRMS = [
  "k.one_enterprise_id",
  "k.one_site_owner_enterprise_id",
  "k.other_enterprise_id",
  "k.other_site_owner_enterprise_id",
] as const;

function conflictsMatching(db: Db, { workConflictId, isOpen, kind, region, scope }: ConflictFilter) {
  return db
    .selectFrom("work_conflicts as k")
    .innerJoin("regions as r", "r.region_code", "k.one_region_code")
    .$if(scope !== undefined, (query) =>
      query.where(
        sql<boolean>`(${withinScope(scope!, "k.one_region_code", ...FIRMS)}
          or ${withinRegions(scope!, "k.other_region_code")})`,
      ),
    )
    .$if(workConflictId !== undefined, (query) => query.where("k.work_conflict_id", "=", workConflictId!))
    .$if(isOpen !== undefined, (query) => query.where("k.cleared_at", isOpen ? "is" : "is not", null))
    .$if(kind !== undefined, (query) => query.where("k.kind", "=", kind!))
    .$if(region !== undefined, (query) =>
      query.where("k.one_region_code", "like", `${region}%` as RegionCode),
    );
}

/** Open ones first, then the newest. */
export async function selectConflicts(db: Db, filter: ConflictFilter, limit: number, offset: number) {
  return await conflictsMatching(db, filter)
    .selectAll("k")
    .select("r.name as region_name")
    .orderBy(sql`k.cleared_at is not null`)
    .orderBy("k.raised_at", "desc")
    .orderBy("k.work_conflict_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type ConflictRow = Awaited<ReturnType<typeof selectConflicts>>[number];

export async function countConflicts(db: Db, filter: ConflictFilter): Promise<number> {
  const row = await conflictsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectAcknowledgements(db: Db, workConflictIds: readonly string[]) {
  if (workConflictIds.length === 0) return [];
  return await db
    .selectFrom("work_conflict_acknowledgements as a")
    .innerJoin("enterprises as e", "e.enterprise_id", "a.enterprise_id")
    .select(["a.work_conflict_id", "a.enterprise_id", "a.note", "a.acknowledged_at", "e.name"])
    .where("a.work_conflict_id", "in", [...workConflictIds])
    .orderBy("a.acknowledged_at")
    .execute();
}

export type AcknowledgementRow = Awaited<ReturnType<typeof selectAcknowledgements>>[number];

/** The firms, of some, that had not said so before. */
export async function insertAcknowledgements(
  tx: Db,
  workConflictId: string,
  firms: readonly EnterpriseId[],
  said: { note: string; by: PersonId; at: Date },
): Promise<EnterpriseId[]> {
  const rows = await tx
    .insertInto("work_conflict_acknowledgements")
    .values(
      firms.map((enterprise_id) => ({
        work_conflict_id: workConflictId,
        enterprise_id,
        note: said.note,
        acknowledged_by: said.by,
        acknowledged_at: said.at,
      })),
    )
    .onConflict((conflict) => conflict.columns(["work_conflict_id", "enterprise_id"]).doNothing())
    .returning("enterprise_id")
    .execute();
  return rows.map(({ enterprise_id }) => enterprise_id);
}
