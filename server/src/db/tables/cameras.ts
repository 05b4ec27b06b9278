import type { FrameDetection } from "@hanyouxu/api";
import type {
  ChipId,
  ClockTrust,
  EnterpriseId,
  MachineId,
  PersonId,
  PicturePurpose,
  RegionCode,
  WorkSessionId,
} from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

export interface CamerasTable {
  camera_id: string;
  machine_id: MachineId;
  camera_number: number;
  name: Generated<string | null>;
  first_seen_at: Date;
}

export interface CameraPicturesTable {
  picture_id: string;
  camera_id: string;
  machine_id: MachineId;
  chip_id: ChipId;
  boot: number;
  picture_number: number;
  purpose: PicturePurpose;
  event_seq: number | null;
  command_id: string | null;
  work_session_id: WorkSessionId | null;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  taken_at: Date;
  clock_trust: ClockTrust;
  width_pixels: number;
  height_pixels: number;
  size_bytes: number;
  sha256: Uint8Array;
  announcement: Uint8Array;
  announced_at: Date;
  received_bytes: Generated<number>;
  key_ciphertext: Uint8Array | null;
  upload_token_hash: Uint8Array | null;
  upload_expires_at: Date;
  stored_at: Generated<Date | null>;
  blob_id: Generated<string | null>;
  forgotten_at: Generated<Date | null>;
  forgotten_under: Generated<string | null>;
  detection_state: Generated<"not-asked" | "waiting" | "done" | "failed">;
  detection_attempts: Generated<number>;
  detection: ColumnType<FrameDetection | null, string | null | undefined, string | null>;
}

export interface CameraPicturePartsTable {
  picture_id: string;
  from_byte: number;
  sealed: Uint8Array;
}

export interface CameraClipsTable {
  clip_id: string;
  camera_id: string;
  machine_id: MachineId;
  chip_id: ChipId;
  boot: number;
  event_seq: number;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  began_at: Date;
  ended_at: Date;
  picture_count: number;
  blob_id: string | null;
  key_ciphertext: Uint8Array | null;
  size_bytes: number;
  made_at: Date;
  forgotten_at: Generated<Date | null>;
}

export interface CameraWatchesTable {
  watch_id: string;
  camera_id: string;
  person_id: PersonId;
  reason: string;
  started_at: Date;
  asked_at: Date;
  told_at: Generated<Date | null>;
  ends_at: Date;
  ended_at: Generated<Date | null>;
  frames: Generated<number>;
}

export interface CamerasTables {
  cameras: CamerasTable;
  camera_pictures: CameraPicturesTable;
  camera_picture_parts: CameraPicturePartsTable;
  camera_clips: CameraClipsTable;
  camera_watches: CameraWatchesTable;
}
