import type { ChipTime, Picture, PicturePurpose } from "@hanyouxu/protocol";

/** Cameras of a chip and what they may cost. */
export interface CameraTraits {
  /** 1–8: the one in the chip, and those around the work. */
  count: number;
  /** Pictures that wait for the platform take no more flash than this. */
  storeBytes: number;
  /** What uploads may take of the link, averaged; events and telemetry have the rest. */
  uplinkBytesPerSecond: number;
}

/** What a picture is taken for. */
export interface Shot {
  camera: number;
  /** `full` to be looked at, `small` for clips and for who watches. */
  size: PictureSize;
  purpose: PicturePurpose;
  eventSeq: number | null;
  commandId: string | null;
}
export type PictureSize = "full" | "small";

/** A picture that waits for the platform, and how much of it has arrived there. */
export interface KeptPicture {
  picture: Picture;
  sentBytes: number;
}

/** Names a picture of a chip's life. */
export type PictureName = Readonly<Pick<Picture, "boot" | "picture">>;

/** All of the cameras; the bytes are with the host. */
export type CameraState = Readonly<{
  traits: CameraTraits;
  /** Numbers the pictures of this boot. */
  lastPicture: number;
  /** Not asked of the host yet, in order. */
  wanted: readonly Shot[];
  taking: (Shot & Readonly<{ number: number; time: ChipTime; askedAtUptimeMs: number }>) | null;
  /** Of the last seconds, oldest first: kept only if an alarm comes. */
  ring: readonly Picture[];
  /** An alarm is being filmed. */
  recording: Readonly<{ eventSeq: number; startedAtUptimeMs: number; untilUptimeMs: number }> | null;
  /** Somebody watches. */
  watch: Readonly<{ camera: number; everyMs: number; dueUptimeMs: number; untilUptimeMs: number }> | null;
  ringDueUptimeMs: number;
  intervalDueUptimeMs: number;
  kept: readonly KeptPicture[];
  /** The part that is on its way. */
  sending: (PictureName & Readonly<{ sinceUptimeMs: number }>) | null;
  sendFailures: number;
  sendDueUptimeMs: number;
  /** What may be sent at once now; grows with time. */
  budget: Readonly<{ bytes: number; atUptimeMs: number }>;
  /** Found no room, for a service tool. */
  droppedPictures: number;
}>;

export const NEVER = Number.MAX_SAFE_INTEGER;

/** At boot, with the pictures that waited over it. */
export function startCameras(traits: CameraTraits, kept: readonly Picture[]): CameraState {
  return {
    traits,
    lastPicture: 0,
    wanted: [],
    taking: null,
    ring: [],
    recording: null,
    watch: null,
    ringDueUptimeMs: NEVER,
    intervalDueUptimeMs: NEVER,
    kept: kept.map((picture) => ({ picture, sentBytes: 0 })),
    sending: null,
    sendFailures: 0,
    sendDueUptimeMs: 0,
    budget: { bytes: 0, atUptimeMs: 0 },
    droppedPictures: 0,
  };
}
