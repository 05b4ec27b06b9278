import type { FrameDetection } from "@hanyouxu/api";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

export async function selectUnseen(db: Kysely<Tables>, limit: number) {
  return await db
    .selectFrom("camera_pictures")
    .select(["picture_id", "taken_at", "width_pixels", "height_pixels", "blob_id", "key_ciphertext"])
    .where("detection_state", "=", "waiting")
    .where("forgotten_at", "is", null)
    .orderBy("detection_attempts")
    .orderBy("stored_at")
    .limit(limit)
    .execute();
}

export async function noteDetection(
  db: Kysely<Tables>,
  pictureId: string,
  detection: FrameDetection,
): Promise<void> {
  await db
    .updateTable("camera_pictures")
    .set({ detection: JSON.stringify(detection), detection_state: "done" })
    .where("picture_id", "=", pictureId)
    .execute();
}

/** One more attempt that came to nothing; after `most` of them the picture stays unseen. */
export async function noteUndetected(db: Kysely<Tables>, pictureId: string, most: number): Promise<void> {
  await sql`
    update camera_pictures set detection_attempts = detection_attempts + 1,
      detection_state = case when detection_attempts + 1 >= ${most} then 'failed' else 'waiting' end
    where picture_id = ${pictureId}`.execute(db);
}
