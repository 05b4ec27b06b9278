import type { CameraClip, CameraPicture, CameraRecords } from "@hanyouxu/api";
import { bytesToHex } from "@hanyouxu/protocol";
import type { ClipRow, PictureRow } from "./record-queries.ts";

/** What somebody should look at when a program has seen it with so much confidence. */
const HINTING = new Set(["fire", "smoke"]);
const HINT_PERCENT = 60;

export function recordsOf(found: { pictures: PictureRow[]; clips: ClipRow[] }): CameraRecords {
  return { pictures: found.pictures.map(pictureOf), clips: found.clips.map(clipOf) };
}

function pictureOf(row: PictureRow): CameraPicture {
  const { detection } = row;
  return {
    pictureId: row.picture_id,
    cameraId: row.camera_id,
    cameraNumber: row.camera_number,
    cameraName: row.name,
    purpose: row.purpose,
    takenAt: row.taken_at.toISOString(),
    clockTrust: row.clock_trust,
    storedAt: row.stored_at!.toISOString(),
    workSessionId: row.work_session_id,
    widthPixels: row.width_pixels,
    heightPixels: row.height_pixels,
    sizeBytes: row.size_bytes,
    sha256: bytesToHex(row.sha256),
    isForgotten: row.forgotten_at !== null,
    detectionState: row.detection_state,
    detection,
    isHint: (detection?.findings ?? []).some(
      ({ thing, confidencePercent }) => HINTING.has(thing) && confidencePercent >= HINT_PERCENT,
    ),
  };
}

function clipOf(row: ClipRow): CameraClip {
  return {
    clipId: row.clip_id,
    cameraNumber: row.camera_number,
    cameraName: row.name,
    beganAt: row.began_at.toISOString(),
    endedAt: row.ended_at.toISOString(),
    pictureCount: row.picture_count,
    sizeBytes: row.size_bytes,
  };
}
