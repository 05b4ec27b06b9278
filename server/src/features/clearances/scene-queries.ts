import type { RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { SceneChecksTable } from "../../db/tables/clearances.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export async function insertSceneCheck(tx: Db, row: Insertable<SceneChecksTable>): Promise<void> {
  await tx.insertInto("scene_checks").values(row).execute();
}

export async function lockSceneCheck(db: Db, sceneCheckId: string) {
  return await db
    .selectFrom("scene_checks")
    .select(["clearance_id", "checker", "status"])
    .where("scene_check_id", "=", sceneCheckId)
    .executeTakeFirst();
}

/** Whether it waits for its verdict; nobody judges it until the transaction ends. */
export async function isWaitingLocked(tx: Db, sceneCheckId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("scene_checks")
    .select("status")
    .where("scene_check_id", "=", sceneCheckId)
    .forUpdate()
    .executeTakeFirst();
  return row?.status === "waiting";
}

/** The first instant whose pictures are new: after the last attempt, or since `openedAt`; milliseconds since 1970. */
export async function newSinceMs(tx: Db, clearanceId: string, openedAt: Date): Promise<number> {
  const row = await tx
    .selectFrom("scene_checks")
    .select("submitted_at")
    .where("clearance_id", "=", clearanceId)
    .orderBy("submitted_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? row.submitted_at.getTime() + 1 : openedAt.getTime();
}

/** What was shown, with what each picture had to show. */
export async function selectShown(db: Db, evidenceIds: readonly string[]) {
  if (evidenceIds.length === 0) return [];
  return await db
    .selectFrom("evidence as e")
    .leftJoin("evidence_challenges as c", "c.challenge_id", "e.challenge_id")
    .select(["e.evidence_id", "e.kind", "e.taken_at", "e.found_sha256", "c.digits", "c.demand"])
    .orderBy("e.taken_at")
    .where(sql<boolean>`e.evidence_id = any(${[...evidenceIds]}::uuid[])`)
    .execute();
}

export type ShownRow = Awaited<ReturnType<typeof selectShown>>[number];

/** False when it was judged already. */
export async function settleSceneCheck(
  tx: Db,
  sceneCheckId: string,
  change: Updateable<SceneChecksTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("scene_checks")
    .set(change)
    .where("scene_check_id", "=", sceneCheckId)
    .where("status", "=", "waiting")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface SceneFilter {
  sceneCheckId?: string;
  clearanceId?: string;
  state?: "waiting" | "decided";
  region?: string | undefined;
  scope?: ReachedRows;
}

function scenesMatching(db: Db, filter: SceneFilter) {
  const { scope } = filter;
  return db
    .selectFrom("scene_checks as s")
    .innerJoin("clearances as c", "c.clearance_id", "s.clearance_id")
    .innerJoin("key_areas as a", "a.key_area_id", "c.key_area_id")
    .innerJoin("machines as m", "m.machine_id", "c.machine_id")
    .innerJoin("enterprises as e", "e.enterprise_id", "c.enterprise_id")
    .innerJoin("welders as w", "w.welder_id", "c.welder_id")
    .innerJoin("persons as p", "p.person_id", "w.person_id")
    .$if(scope !== undefined, (query) => query.where(withinRegions(scope!, "s.region_code")))
    .$if(filter.sceneCheckId !== undefined, (query) =>
      query.where("s.scene_check_id", "=", filter.sceneCheckId!),
    )
    .$if(filter.clearanceId !== undefined, (query) => query.where("s.clearance_id", "=", filter.clearanceId!))
    .$if(filter.state === "waiting", (query) => query.where("s.status", "=", "waiting"))
    .$if(filter.state === "decided", (query) => query.where("s.decided_at", "is not", null))
    .$if(filter.region !== undefined, (query) =>
      query.where("s.region_code", "like", `${filter.region}%` as RegionCode),
    );
}

/** Waiting ones in the order they came; others the latest first. */
export async function selectScenes(db: Db, filter: SceneFilter, limit: number, offset: number) {
  const query = scenesMatching(db, filter)
    .selectAll("s")
    .select([
      "a.name as key_area_name",
      "a.kind as key_area_kind",
      "m.name as machine_name",
      "e.name as enterprise_name",
      "p.name_ciphertext",
    ])
    .limit(limit)
    .offset(offset);
  return await (filter.state === "waiting"
    ? query.orderBy("s.submitted_at").orderBy("s.scene_check_id")
    : query.orderBy("s.submitted_at", "desc").orderBy("s.scene_check_id", "desc")
  ).execute();
}

export type SceneRow = Awaited<ReturnType<typeof selectScenes>>[number];

export async function countScenes(db: Db, filter: SceneFilter): Promise<number> {
  const row = await scenesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
