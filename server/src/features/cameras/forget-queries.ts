import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { alarmsAround } from "./record-queries.ts";

export interface ForgetDue {
  region: RegionCode;
  now: Date;
  version: string;
  picturesBefore: Date;
  /** Of alarms: their pictures and clips. */
  videoBefore: Date;
  limit: number;
}

/** Regions of whose machines something is kept that old. */
export async function selectFilmedRegions(db: Kysely<Tables>, takenBefore: Date): Promise<RegionCode[]> {
  const rows = await db
    .selectFrom("camera_pictures")
    .select("region_code")
    .distinct()
    .where("forgotten_at", "is", null)
    .where("stored_at", "is not", null)
    .where("taken_at", "<", takenBefore)
    .execute();
  return rows.map(({ region_code }) => region_code);
}

export async function deleteLive(db: Kysely<Tables>, storedBefore: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ blob_id: string | null }>`
    delete from camera_pictures where picture_id in (
      select picture_id from camera_pictures where purpose = 'live' and stored_at < ${storedBefore} limit ${limit})
    returning blob_id`.execute(db);
  return rows.flatMap(({ blob_id }) => blob_id ?? []);
}

export async function deleteUnfinished(db: Kysely<Tables>, now: Date, limit: number): Promise<void> {
  await sql`
    delete from camera_pictures where picture_id in (
      select picture_id from camera_pictures where stored_at is null and upload_expires_at <= ${now} limit ${limit})
    `.execute(db);
}

/** @returns the blobs to delete */
export async function forgetDuePictures(tx: Kysely<Tables>, due: ForgetDue): Promise<string[]> {
  const { rows } = await sql<{ blob_id: string | null }>`
    with due as (
      select p.picture_id, p.blob_id from camera_pictures p
      where p.region_code = ${due.region} and p.forgotten_at is null and p.stored_at is not null
        and p.taken_at < case when p.purpose in ('alarm', 'clip') then ${due.videoBefore}::timestamptz
                              else ${due.picturesBefore}::timestamptz end
        and not exists (select from alarms a where a.closed_at is null
                        and ${alarmsAround("p.taken_at", "p.taken_at", "p.chip_id")})
      order by p.taken_at limit ${due.limit} for update of p)
    update camera_pictures p set forgotten_at = ${due.now}, forgotten_under = ${due.version}, blob_id = null,
      key_ciphertext = null, detection_state = case when p.detection_state = 'waiting' then 'failed'
                                                    else p.detection_state end
    from due where p.picture_id = due.picture_id
    returning due.blob_id`.execute(tx);
  return rows.flatMap(({ blob_id }) => blob_id ?? []);
}

/** @returns the blobs to delete */
export async function forgetClips(tx: Kysely<Tables>, due: ForgetDue): Promise<string[]> {
  const { rows } = await sql<{ blob_id: string | null }>`
    with due as (
      select f.clip_id, f.blob_id from camera_clips f
      where f.region_code = ${due.region} and f.forgotten_at is null and f.ended_at < ${due.videoBefore}
        and not exists (select from alarms a where a.closed_at is null
                        and ${alarmsAround("f.began_at", "f.ended_at", "f.chip_id")})
      limit ${due.limit} for update of f)
    update camera_clips f set forgotten_at = ${due.now}, blob_id = null, key_ciphertext = null
    from due where f.clip_id = due.clip_id
    returning due.blob_id`.execute(tx);
  return rows.flatMap(({ blob_id }) => blob_id ?? []);
}
