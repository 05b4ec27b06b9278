import type { ChipId, MachineId, WorkSessionId } from "@hanyouxu/protocol";
import type { Insertable, Kysely, Updateable } from "kysely";
import { sql } from "kysely";
import type { CameraPicturesTable } from "../../db/tables/cameras.ts";
import type { Tables } from "../../db/tables.ts";

/** The chip that says it took a picture, and the machine it sits in. */
export async function selectAnnouncer(db: Kysely<Tables>, chipId: ChipId) {
  return await db
    .selectFrom("chips as c")
    .leftJoin("machines as m", "m.chip_id", "c.chip_id")
    .leftJoin("twins as t", "t.chip_id", "c.chip_id")
    .select(["c.spki", "c.revoked_at", "m.machine_id", "m.region_code", "m.enterprise_id", "t.clock_skew_ms"])
    .where("c.chip_id", "=", chipId)
    .executeTakeFirst();
}

/** The machine's camera of that number, made known when it is heard of first. */
export async function cameraOf(
  tx: Kysely<Tables>,
  camera: { cameraId: string; machineId: MachineId; number: number; now: Date },
): Promise<string> {
  const { rows } = await sql<{ camera_id: string }>`
    insert into cameras (camera_id, machine_id, camera_number, first_seen_at)
    values (${camera.cameraId}, ${camera.machineId}, ${camera.number}, ${camera.now})
    on conflict (machine_id, camera_number) do update set camera_number = excluded.camera_number
    returning camera_id`.execute(tx);
  return rows[0]!.camera_id;
}

export async function isWorkSession(tx: Kysely<Tables>, workSessionId: WorkSessionId): Promise<boolean> {
  const row = await tx
    .selectFrom("work_sessions")
    .select("work_session_id")
    .where("work_session_id", "=", workSessionId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findAnnounced(db: Kysely<Tables>, chipId: ChipId, boot: number, pictureNumber: number) {
  return await db
    .selectFrom("camera_pictures")
    .select(["picture_id", "received_bytes", "stored_at", "forgotten_at", "sha256"])
    .where("chip_id", "=", chipId)
    .where("boot", "=", boot)
    .where("picture_number", "=", pictureNumber)
    .executeTakeFirst();
}

/** False when another request has announced it meanwhile. */
export async function insertPicture(
  tx: Kysely<Tables>,
  row: Insertable<CameraPicturesTable>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto("camera_pictures")
    .values(row)
    .onConflict((conflict) => conflict.columns(["chip_id", "boot", "picture_number"]).doNothing())
    .returning("picture_id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updatePicture(
  db: Kysely<Tables>,
  pictureId: string,
  changes: Updateable<CameraPicturesTable>,
): Promise<void> {
  await db.updateTable("camera_pictures").set(changes).where("picture_id", "=", pictureId).execute();
}

export async function selectUpload(db: Kysely<Tables>, pictureId: string, isLocked = false) {
  const query = db
    .selectFrom("camera_pictures")
    .select([
      "picture_id",
      "chip_id",
      "purpose",
      "size_bytes",
      "sha256",
      "width_pixels",
      "height_pixels",
      "received_bytes",
      "stored_at",
      "key_ciphertext",
      "upload_token_hash",
      "upload_expires_at",
    ])
    .where("picture_id", "=", pictureId);
  return await (isLocked ? query.forUpdate() : query).executeTakeFirst();
}
export type UploadRow = NonNullable<Awaited<ReturnType<typeof selectUpload>>>;

export async function insertPart(
  tx: Kysely<Tables>,
  part: { picture_id: string; from_byte: number; sealed: Uint8Array },
): Promise<void> {
  await tx.insertInto("camera_picture_parts").values(part).execute();
}

export async function selectParts(db: Kysely<Tables>, pictureId: string) {
  return await db
    .selectFrom("camera_picture_parts")
    .select(["from_byte", "sealed"])
    .where("picture_id", "=", pictureId)
    .orderBy("from_byte")
    .execute();
}

export async function deleteParts(db: Kysely<Tables>, pictureId: string): Promise<void> {
  await db.deleteFrom("camera_picture_parts").where("picture_id", "=", pictureId).execute();
}
