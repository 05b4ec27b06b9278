import { type Kysely, sql, type Updateable } from "kysely";
import type { SceneProgramReportsTable } from "../../db/tables/clearances.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function insertProgramAsk(
  tx: Db,
  sceneCheckId: string,
  checker: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto("scene_program_reports")
    .values({ scene_check_id: sceneCheckId, checker, status: "asking", ask_due_at: at })
    .execute();
}

/** The askings that have waited longest, taken for the time of a lease. */
export async function claimAsks(
  db: Db,
  now: Date,
  until: Date,
  limit: number,
): Promise<{ scene_check_id: string; tries: number }[]> {
  const { rows } = await sql<{ scene_check_id: string; tries: number }>`
    update scene_program_reports set ask_due_at = ${until}::timestamptz, tries = tries + 1
    where scene_check_id in (
      select scene_check_id from scene_program_reports
      where ask_due_at <= ${now}::timestamptz
      order by ask_due_at limit ${limit} for update skip locked)
    returning scene_check_id, tries`.execute(db);
  return rows;
}

/** What is asked about one attempt; undefined where nothing is asked any more. */
export async function selectAsked(db: Db, sceneCheckId: string) {
  return await db
    .selectFrom("scene_program_reports as r")
    .innerJoin("scene_checks as s", "s.scene_check_id", "r.scene_check_id")
    .innerJoin("clearances as c", "c.clearance_id", "s.clearance_id")
    .innerJoin("key_area_versions as v", (join) =>
      join.onRef("v.key_area_id", "=", "c.key_area_id").onRef("v.version", "=", "c.key_area_version"),
    )
    .select(["s.scene_check_id", "s.attempt", "s.status", "s.evidence_ids", "s.region_code"])
    .select(["s.submitted_at", "s.due_at", "v.regime", "v.kind", "c.clearance_id", "c.ended_at"])
    .where("r.scene_check_id", "=", sceneCheckId)
    .where("r.status", "=", "asking")
    .executeTakeFirst();
}

export type AskedRow = NonNullable<Awaited<ReturnType<typeof selectAsked>>>;

/** False when it is not being asked any more: another server was quicker. */
export async function updateAsk(
  tx: Db,
  sceneCheckId: string,
  change: Updateable<SceneProgramReportsTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("scene_program_reports")
    .set(change)
    .where("scene_check_id", "=", sceneCheckId)
    .where("status", "=", "asking")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What programs said about some attempts. */
export async function selectPrograms(db: Db, sceneCheckIds: readonly string[]) {
  if (sceneCheckIds.length === 0) return [];
  return await db
    .selectFrom("scene_program_reports")
    .selectAll()
    .where(sql<boolean>`scene_check_id = any(${[...sceneCheckIds]}::uuid[])`)
    .execute();
}

export type ProgramRow = Awaited<ReturnType<typeof selectPrograms>>[number];
