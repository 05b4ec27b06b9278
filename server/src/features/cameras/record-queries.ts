import type { MachineId, WorkSessionId } from "@hanyouxu/protocol";
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** A clip may begin and end so far from the alarm that it belongs to. */
const AROUND_BEFORE_MS = 15_000;
const AROUND_AFTER_MS = 65_000;

export interface RecordFilter {
  machineId: MachineId;
  workSessionId?: WorkSessionId | undefined;
  before?: Date | undefined;
}

const SHOWN = [
  "p.picture_id",
  "p.camera_id",
  "p.purpose",
  "p.taken_at",
  "p.clock_trust",
  "p.stored_at",
  "p.work_session_id",
  "p.width_pixels",
  "p.height_pixels",
  "p.size_bytes",
  "p.sha256",
  "p.forgotten_at",
  "p.detection_state",
  "p.detection",
  "c.camera_number",
  "c.name",
] as const;

const pictures = (db: Kysely<Tables>) =>
  db
    .selectFrom("camera_pictures as p")
    .innerJoin("cameras as c", "c.camera_id", "p.camera_id")
    .select(SHOWN)
    .where("p.stored_at", "is not", null);
export type PictureRow = Awaited<ReturnType<typeof selectPictures>>[number];

/** The newest first, without those that make up clips and those that were for who watched. */
export async function selectPictures(
  db: Kysely<Tables>,
  { machineId, workSessionId, before }: RecordFilter,
  limit: number,
) {
  let query = pictures(db)
    .where("p.machine_id", "=", machineId)
    .where("p.purpose", "in", ["interval", "request", "event", "alarm"]);
  if (workSessionId) query = query.where("p.work_session_id", "=", workSessionId);
  if (before) query = query.where("p.taken_at", "<", before);
  return await query.orderBy("p.taken_at", "desc").orderBy("p.picture_id").limit(limit).execute();
}

const clips = (db: Kysely<Tables>) =>
  db
    .selectFrom("camera_clips as f")
    .innerJoin("cameras as c", "c.camera_id", "f.camera_id")
    .select([
      "f.clip_id",
      "f.began_at",
      "f.ended_at",
      "f.picture_count",
      "f.size_bytes",
      "c.camera_number",
      "c.name",
    ])
    .where("f.forgotten_at", "is", null);
export type ClipRow = Awaited<ReturnType<typeof selectClips>>[number];

export async function selectClips(db: Kysely<Tables>, { machineId, before }: RecordFilter, limit: number) {
  let query = clips(db).where("f.machine_id", "=", machineId);
  if (before) query = query.where("f.began_at", "<", before);
  return await query.orderBy("f.began_at", "desc").limit(limit).execute();
}

/** Alarms of a chip that happened while a picture or clip of it was taken, or just around it. */
export const alarmsAround = (
  from: string,
  to: string,
  chip: string,
) => sql<boolean>`a.chip_id = ${sql.ref(chip)}
  and a.occurred_at >= ${sql.ref(from)} - ${sql.lit(AROUND_AFTER_MS)} * interval '1 millisecond'
  and a.occurred_at <= ${sql.ref(to)} + ${sql.lit(AROUND_BEFORE_MS)} * interval '1 millisecond'`;

/** What the cameras of the alarm's chip took around it, in the order of the taking. */
export async function selectAroundAlarm(db: Kysely<Tables>, alarmId: string) {
  const isOfAlarm = (where: ExpressionBuilder<Tables, never>, from: string, to: string, chip: string) =>
    where.exists(
      where
        .selectFrom("alarms as a")
        .select("a.alarm_id")
        .where("a.alarm_id", "=", alarmId)
        .where(alarmsAround(from, to, chip)),
    );
  const taken = await pictures(db)
    .where("p.purpose", "in", ["alarm", "event", "interval", "request"])
    .where((where) => isOfAlarm(where as never, "p.taken_at", "p.taken_at", "p.chip_id"))
    .orderBy("p.taken_at")
    .limit(40)
    .execute();
  const filmed = await clips(db)
    .where((where) => isOfAlarm(where as never, "f.began_at", "f.ended_at", "f.chip_id"))
    .orderBy("f.began_at")
    .limit(16)
    .execute();
  return { pictures: taken, clips: filmed };
}

/** Where a picture that can be shown lies, and whose machine it is of. */
export async function findPicture(db: Kysely<Tables>, pictureId: string) {
  return await db
    .selectFrom("camera_pictures")
    .select(["picture_id", "machine_id", "region_code", "enterprise_id", "blob_id", "key_ciphertext"])
    .where("picture_id", "=", pictureId)
    .where("stored_at", "is not", null)
    .where("forgotten_at", "is", null)
    .where("purpose", "<>", "live")
    .executeTakeFirst();
}

export async function findClip(db: Kysely<Tables>, clipId: string) {
  return await db
    .selectFrom("camera_clips")
    .select(["clip_id", "machine_id", "region_code", "enterprise_id", "blob_id", "key_ciphertext"])
    .where("clip_id", "=", clipId)
    .where("forgotten_at", "is", null)
    .executeTakeFirst();
}

/** The cameras of a machine with their newest picture and who watches. */
export async function selectCameras(db: Kysely<Tables>, machineId: MachineId, watchedSince: Date) {
  return await db
    .selectFrom("cameras as c")
    .select((of) => [
      "c.camera_id",
      "c.camera_number",
      "c.name",
      of
        .selectFrom("camera_pictures as p")
        .whereRef("p.camera_id", "=", "c.camera_id")
        .where("p.stored_at", "is not", null)
        .select((inner) => inner.fn.max("p.taken_at").as("at"))
        .as("last_taken_at"),
      of
        .selectFrom("camera_watches as w")
        .whereRef("w.camera_id", "=", "c.camera_id")
        .where("w.ended_at", "is", null)
        .where("w.asked_at", ">", watchedSince)
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .as("watchers"),
    ])
    .where("c.machine_id", "=", machineId)
    .orderBy("c.camera_number")
    .execute();
}

export async function findCamera(db: Kysely<Tables>, cameraId: string) {
  return await db
    .selectFrom("cameras as c")
    .innerJoin("machines as m", "m.machine_id", "c.machine_id")
    .select([
      "c.camera_id",
      "c.camera_number",
      "m.machine_id",
      "m.chip_id",
      "m.region_code",
      "m.enterprise_id",
    ])
    .where("c.camera_id", "=", cameraId)
    .executeTakeFirst();
}

export async function updateCameraName(db: Kysely<Tables>, cameraId: string, name: string): Promise<void> {
  await db.updateTable("cameras").set({ name }).where("camera_id", "=", cameraId).execute();
}
