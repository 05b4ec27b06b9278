import type { ChipId, EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { CameraClipsTable } from "../../db/tables/cameras.ts";
import type { Tables } from "../../db/tables.ts";

export interface DueClip {
  camera_id: string;
  machine_id: MachineId;
  chip_id: ChipId;
  boot: number;
  event_seq: number;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
}

/** Clips with pictures that are not in their film yet, none of which came after `quietSince`. */
export async function selectDueClips(
  db: Kysely<Tables>,
  quietSince: Date,
  limit: number,
): Promise<DueClip[]> {
  const { rows } = await sql<DueClip>`
    select p.camera_id, p.machine_id, p.chip_id, p.boot, p.event_seq, p.region_code, p.enterprise_id
    from camera_pictures p
    left join camera_clips f on f.camera_id = p.camera_id and f.chip_id = p.chip_id and f.boot = p.boot
      and f.event_seq = p.event_seq
    where p.purpose = 'clip' and p.event_seq is not null and p.stored_at is not null and p.forgotten_at is null
      and f.forgotten_at is null
    group by p.camera_id, p.machine_id, p.chip_id, p.boot, p.event_seq, p.region_code, p.enterprise_id
    having max(p.stored_at) <= ${quietSince} and count(*) > coalesce(max(f.picture_count), 1)
    order by max(p.stored_at)
    limit ${limit}`.execute(db);
  return rows;
}

export async function selectClipPictures(db: Kysely<Tables>, clip: DueClip) {
  return await db
    .selectFrom("camera_pictures")
    .select(["taken_at", "blob_id", "key_ciphertext"])
    .where("camera_id", "=", clip.camera_id)
    .where("chip_id", "=", clip.chip_id)
    .where("boot", "=", clip.boot)
    .where("event_seq", "=", clip.event_seq)
    .where("purpose", "=", "clip")
    .where("stored_at", "is not", null)
    .where("forgotten_at", "is", null)
    .orderBy("picture_number")
    .execute();
}

/** Keeps a film in the place of an earlier one of the same event; returns that one's blob. */
export async function saveClip(
  tx: Kysely<Tables>,
  row: Insertable<CameraClipsTable>,
): Promise<string | null | undefined> {
  const before = await tx
    .selectFrom("camera_clips")
    .select("blob_id")
    .where("camera_id", "=", row.camera_id)
    .where("chip_id", "=", row.chip_id)
    .where("boot", "=", row.boot)
    .where("event_seq", "=", row.event_seq)
    .forUpdate()
    .executeTakeFirst();
  const { clip_id: _kept, ...changes } = row;
  await tx
    .insertInto("camera_clips")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["camera_id", "chip_id", "boot", "event_seq"]).doUpdateSet(changes),
    )
    .execute();
  return before?.blob_id;
}
