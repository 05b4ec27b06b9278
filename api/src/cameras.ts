import { z } from "zod";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { defineRoute } from "./route.ts";

/** What a chip sends of one picture at once, at most. */
export const MAX_PICTURE_PART_BYTES = 16_384;

export const cameraPurpose = z.enum(["interval", "request", "event", "alarm", "clip", "live"]);
export type CameraPurpose = z.infer<typeof cameraPurpose>;

/** What a program can see in a picture. */
export const frameThing = z.enum(["person", "fire", "smoke", "sparks", "flammable", "no-helmet", "other"]);
export type FrameThing = z.infer<typeof frameThing>;

/** What a program saw; boxes in thousandths of the picture: left, top, width, height. */
export const frameDetection = z
  .object({
    detector: z.string(),
    version: z.string(),
    findings: z.array(
      z.object({
        thing: frameThing,
        confidencePercent: z.int().min(0).max(100),
        box: z.tuple([
          z.int().min(0).max(1000),
          z.int().min(0).max(1000),
          z.int().min(0).max(1000),
          z.int().min(0).max(1000),
        ]),
      }),
    ),
  })
  .meta({ id: "FrameDetection" });
export type FrameDetection = z.infer<typeof frameDetection>;

export const machineCamera = z
  .object({
    cameraId: z.uuid(),
    /** 0 is in the chip, 1–7 stand around the work. */
    number: z.int().min(0).max(7),
    name: z.string().nullable(),
    lastTakenAt: z.iso.datetime().nullable(),
    /** How many people watch it now. */
    watchers: z.int(),
  })
  .meta({ id: "MachineCamera" });
export type MachineCamera = z.infer<typeof machineCamera>;

export const cameraPicture = z
  .object({
    pictureId: z.uuid(),
    cameraId: z.uuid(),
    cameraNumber: z.int(),
    cameraName: z.string().nullable(),
    purpose: cameraPurpose,
    takenAt: z.iso.datetime(),
    /** How far the chip's clock could be believed. */
    clockTrust: z.enum(["unknown", "drifting", "verified"]),
    storedAt: z.iso.datetime(),
    workSessionId: z.uuid().nullable(),
    widthPixels: z.int(),
    heightPixels: z.int(),
    sizeBytes: z.int(),
    /** As the chip signed it, hexadecimal. */
    sha256: z.string(),
    /** Not kept any more: only what the chip said of it is. */
    isForgotten: z.boolean(),
    /** `not-asked` where no program looks at pictures. */
    detectionState: z.enum(["not-asked", "waiting", "done", "failed"]),
    detection: frameDetection.nullable(),
    /** Somebody should look: fire or smoke was seen. */
    isHint: z.boolean(),
  })
  .meta({ id: "CameraPicture" });
export type CameraPicture = z.infer<typeof cameraPicture>;

export const cameraClip = z
  .object({
    clipId: z.uuid(),
    cameraNumber: z.int(),
    cameraName: z.string().nullable(),
    beganAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    pictureCount: z.int(),
    sizeBytes: z.int(),
  })
  .meta({ id: "CameraClip" });
export type CameraClip = z.infer<typeof cameraClip>;

/** The newest pictures first; those that make up a clip only as the clip. */
const cameraRecords = z
  .object({ pictures: z.array(cameraPicture), clips: z.array(cameraClip) })
  .meta({ id: "CameraRecords" });
export type CameraRecords = z.infer<typeof cameraRecords>;

const machineParams = z.object({ machineId: z.uuid() });
const cameraParams = z.object({ cameraId: z.uuid() });
const pictureParams = z.object({ pictureId: z.uuid() });
const watchParams = z.object({ watchId: z.uuid() });

/** What a chip hears of a picture that it has announced. */
const chipUpload = z
  .object({
    pictureId: z.uuid(),
    state: z.enum(["uploading", "stored"]),
    /** How much of it is here. */
    offset: z.int(),
    /** For the parts of this one picture, until `expiresAt`; null once it is stored. */
    uploadToken: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ChipPictureUpload" });

export const cameraRoutes = {
  /** The body is the CBOR of `signed-picture` in protocol/hy1.cddl as application/cose; `Hy-Chip-Id` says whose it is. */
  announceChipPicture: defineRoute({
    method: "POST",
    path: "/api/chip-pictures",
    tag: "cameras",
    summary: "A chip announces a picture, signed by its key; the same again tells how much of it has arrived",
    answers: { 201: chipUpload },
    refusals: [400, 401, 404, 409, 415],
    isOpen: true,
  }),
  /** The body is application/offset+octet-stream, at most 16 KiB, at the offset that `Upload-Offset` says (tus 1.0.0). */
  appendChipPicture: defineRoute({
    method: "PATCH",
    path: "/api/chip-pictures/:pictureId",
    tag: "cameras",
    summary: "A part of an announced picture, under the token given for it; durable when acknowledged",
    params: pictureParams,
    answers: { 204: z.null() },
    refusals: [400, 401, 409, 412, 415, 422],
    isOpen: true,
  }),
  listMachineCameras: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId/cameras",
    tag: "cameras",
    summary: "The cameras of a machine, and how many people watch each",
    params: machineParams,
    answers: { 200: z.object({ cameras: z.array(machineCamera) }).meta({ id: "MachineCameras" }) },
    refusals: [401, 403, 404],
  }),
  nameCamera: defineRoute({
    method: "PUT",
    path: "/api/cameras/:cameraId",
    tag: "cameras",
    summary: "What a camera is called",
    params: cameraParams,
    body: z.object({
      name: z
        .string()
        .trim()
        .min(1, { error: bilingual("请填写摄像头名称", "Give the camera a name") })
        .max(40, { error: bilingual("名称不超过 40 个字", "At most 40 characters") }),
    }),
    answers: { 204: z.null() },
    refusals: [401, 403, 404],
  }),
  listMachineRecords: defineRoute({
    method: "GET",
    path: "/api/machines/:machineId/camera-records",
    tag: "cameras",
    summary:
      "Pictures and clips of a machine's cameras, the newest first, of one work session where it is named",
    params: machineParams,
    query: z.object({
      workSessionId: z.uuid().optional(),
      before: z.iso.datetime().optional(),
      limit: z.coerce.number().int().min(1).max(60).default(24),
    }),
    answers: { 200: cameraRecords },
    refusals: [401, 403, 404],
  }),
  listAlarmRecords: defineRoute({
    method: "GET",
    path: "/api/alarms/:alarmId/camera-records",
    tag: "cameras",
    summary: "Pictures and clips that the machine's cameras took around an alarm",
    params: z.object({ alarmId: z.uuid() }),
    answers: { 200: cameraRecords },
    refusals: [401, 403, 404],
  }),
  getPictureContent: defineRoute({
    method: "GET",
    path: "/api/camera-pictures/:pictureId/content",
    tag: "cameras",
    summary: "The picture itself; a reading, audited",
    params: pictureParams,
    answers: { 200: z.unknown().meta({ description: "image/jpeg" }) },
    refusals: [401, 403, 404],
  }),
  getClipContent: defineRoute({
    method: "GET",
    path: "/api/camera-clips/:clipId/content",
    tag: "cameras",
    summary: "The clip itself (MP4, H.264), takes Range; a reading, audited",
    params: z.object({ clipId: z.uuid() }),
    answers: { 200: z.unknown().meta({ description: "video/mp4" }) },
    refusals: [401, 403, 404],
  }),
  requestPicture: defineRoute({
    method: "POST",
    path: "/api/machines/:machineId/picture-requests",
    tag: "cameras",
    summary: "Asks the machine's chip for a picture of one camera, or of each; audited with the reason",
    params: machineParams,
    body: reasonBody.extend({ cameraNumber: z.int().min(0).max(7).nullable().default(null) }),
    answers: { 202: z.object({ commandId: z.string() }).meta({ id: "PictureRequested" }) },
    refusals: [401, 403, 404, 409, 429],
  }),
  startWatch: defineRoute({
    method: "POST",
    path: "/api/cameras/:cameraId/watches",
    tag: "cameras",
    summary: "Begins to watch what a camera sees now, for five minutes at most; audited with the reason",
    params: cameraParams,
    body: reasonBody,
    answers: {
      201: z.object({ watchId: z.uuid(), endsAt: z.iso.datetime() }).meta({ id: "CameraWatch" }),
    },
    refusals: [401, 403, 404, 409, 429],
  }),
  getWatchFrame: defineRoute({
    method: "GET",
    path: "/api/camera-watches/:watchId/frame",
    tag: "cameras",
    summary:
      "The newest picture for who watches, 204 where there is none newer; who stops asking stops watching",
    params: watchParams,
    query: z.object({ after: z.uuid().optional() }),
    answers: { 200: z.unknown().meta({ description: "image/jpeg; its id in Hy-Picture-Id" }) },
    refusals: [401, 403, 404, 409],
  }),
  endWatch: defineRoute({
    method: "DELETE",
    path: "/api/camera-watches/:watchId",
    tag: "cameras",
    summary: "Ends one's own watching",
    params: watchParams,
    answers: { 204: z.null() },
    refusals: [401, 403, 404],
  }),
};

/** Where a page finds a picture, a clip, and what a camera sees now. */
export function cameraPicturePath(pictureId: string): string {
  return cameraRoutes.getPictureContent.path.replace(":pictureId", pictureId);
}
export function cameraClipPath(clipId: string): string {
  return cameraRoutes.getClipContent.path.replace(":clipId", clipId);
}
export function watchFramePath(watchId: string, after: string | undefined): string {
  const path = cameraRoutes.getWatchFrame.path.replace(":watchId", watchId);
  return after === undefined ? path : `${path}?after=${after}`;
}
