import { type Insertable, type Kysely, sql } from "kysely";
import type { CameraWatchesTable } from "../../db/tables/cameras.ts";
import type { Tables } from "../../db/tables.ts";

export async function insertWatch(tx: Kysely<Tables>, row: Insertable<CameraWatchesTable>): Promise<void> {
  await tx.insertInto("camera_watches").values(row).execute();
}

export async function countWatchers(db: Kysely<Tables>, cameraId: string, askedSince: Date): Promise<number> {
  const { count } = await db
    .selectFrom("camera_watches")
    .select((of) => of.fn.countAll<number>().as("count"))
    .where("camera_id", "=", cameraId)
    .where("ended_at", "is", null)
    .where("asked_at", ">", askedSince)
    .executeTakeFirstOrThrow();
  return count;
}

export async function findWatch(db: Kysely<Tables>, watchId: string) {
  return await db
    .selectFrom("camera_watches as w")
    .innerJoin("cameras as c", "c.camera_id", "w.camera_id")
    .innerJoin("machines as m", "m.machine_id", "c.machine_id")
    .selectAll("w")
    .select(["c.camera_number", "m.machine_id", "m.chip_id", "m.region_code", "m.enterprise_id"])
    .where("w.watch_id", "=", watchId)
    .executeTakeFirst();
}

export async function findLiveFrame(db: Kysely<Tables>, cameraId: string, since: Date) {
  return await db
    .selectFrom("camera_pictures")
    .select(["picture_id", "blob_id", "key_ciphertext"])
    .where("camera_id", "=", cameraId)
    .where("purpose", "=", "live")
    .where("stored_at", ">=", since)
    .orderBy("boot", "desc")
    .orderBy("picture_number", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function noteAsked(
  db: Kysely<Tables>,
  watchId: string,
  askedAt: Date,
  frames: number,
): Promise<void> {
  await db
    .updateTable("camera_watches")
    .set({ asked_at: askedAt, frames: sql`frames + ${frames}` })
    .where("watch_id", "=", watchId)
    .execute();
}

export async function noteTold(db: Kysely<Tables>, watchId: string, toldAt: Date): Promise<void> {
  await db.updateTable("camera_watches").set({ told_at: toldAt }).where("watch_id", "=", watchId).execute();
}

export async function noteEnded(db: Kysely<Tables>, watchId: string, endedAt: Date): Promise<void> {
  await db
    .updateTable("camera_watches")
    .set({ ended_at: endedAt })
    .where("watch_id", "=", watchId)
    .where("ended_at", "is", null)
    .execute();
}

export async function endIdleWatches(db: Kysely<Tables>, now: Date, askedBefore: Date): Promise<void> {
  await db
    .updateTable("camera_watches")
    .set({ ended_at: now })
    .where("ended_at", "is", null)
    .where((where) => where.or([where("ends_at", "<=", now), where("asked_at", "<", askedBefore)]))
    .execute();
}
