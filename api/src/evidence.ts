import { z } from "zod";
import { bilingual } from "./language.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";

/** What a picture is to prove, and with that what its subject is; `work`: a work session. */
export const evidencePurpose = z.enum(
  ["scene", "gas-test", "measure", "smoulder", "station", "work", "alarm", "rectification"],
  {
    error: bilingual("请说明拍摄用途", "Say what the picture is for"),
  },
);
export type EvidencePurpose = z.infer<typeof evidencePurpose>;

export const evidenceKind = z.enum(["photo", "video"]);
export type EvidenceKind = z.infer<typeof evidenceKind>;

/** camera: taken in the app against a challenge; gallery: a file of the phone's, where the subject allows it. */
export const evidenceSource = z.enum(["camera", "gallery"]);
export type EvidenceSource = z.infer<typeof evidenceSource>;

/** uploading: bytes are missing; checking: all are there; accepted or refused: what the checks say. */
export const evidenceState = z.enum(["uploading", "checking", "accepted", "refused"]);
export type EvidenceState = z.infer<typeof evidenceState>;

/** Small things that cannot be prepared before the challenge is there; the reviewer looks for them in the picture. */
export const evidenceDemand = z.enum([
  "point-at-exit",
  "thumb-up-at-work-point",
  "extinguisher-beside-work-point",
  "open-palm-before-machine",
  "glove-on-machine",
  "two-fingers-at-floor",
]);
export type EvidenceDemand = z.infer<typeof evidenceDemand>;

/** Bytes of an original at most. */
export const MAX_EVIDENCE_BYTES: Readonly<Record<EvidenceKind, number>> = {
  photo: 15 * 1024 * 1024,
  video: 300 * 1024 * 1024,
};
export const MAX_EVIDENCE_VIDEO_MS = 3 * 60_000;
/** The longer side of a film at most: 4K. */
export const MAX_EVIDENCE_VIDEO_PIXELS = 4096;
/** What one person may upload in 24 hours at most. */
export const MAX_EVIDENCE_BYTES_A_DAY = 2 * 1024 * 1024 * 1024;
export const MAX_EVIDENCE_A_DAY = 200;
/** Offsets are multiples of this, except the end: a PATCH brings at least so much, or all that is missing. */
export const EVIDENCE_SEGMENT_BYTES = 64 * 1024;
/** Twelfths of the circle of a 360° view. */
export const EVIDENCE_SECTORS = 12;

export const evidenceSubject = z.object({ purpose: evidencePurpose, subjectId: z.uuid() });

/** What must be seen in the picture: digits and a demand that nobody knew before `issuedAt`. */
export const evidenceChallenge = z
  .object({
    challengeId: z.uuid(),
    digits: z.string().regex(/^\d{4}$/),
    demand: evidenceDemand,
    issuedAt: z.iso.datetime(),
    /** The picture is taken before this; it may be uploaded within a day. */
    expiresAt: z.iso.datetime(),
    allowsGallery: z.boolean(),
  })
  .meta({ id: "EvidenceChallenge" });
export type EvidenceChallenge = z.infer<typeof evidenceChallenge>;

/** What the phone says about a picture before it sends its bytes; JSON in the key `evidence` of Upload-Metadata. */
export const newEvidence = z.object({
  /** Made by the phone: the same again is the same upload. */
  evidenceId: z.uuid(),
  ...evidenceSubject.shape,
  kind: evidenceKind,
  source: evidenceSource,
  /** Needed for `camera`. */
  challengeId: z.uuid().nullable(),
  /** Of the whole file as it was taken, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, {
    error: bilingual("SHA-256 应为 64 位十六进制", "A SHA-256 has 64 hexadecimal digits"),
  }),
  takenAt: z.iso.datetime(),
  /** Where the phone was; null when it does not know. */
  position: position.nullable(),
  /** The twelfths of the circle that the phone has pointed into, from north (0) over east (3). */
  coveredSectors: z
    .array(
      z
        .int()
        .min(0)
        .max(EVIDENCE_SECTORS - 1),
    )
    .max(EVIDENCE_SECTORS),
});
export type NewEvidence = z.infer<typeof newEvidence>;

export const evidence = z
  .object({
    evidenceId: z.uuid(),
    ...evidenceSubject.shape,
    kind: evidenceKind,
    source: evidenceSource,
    state: evidenceState,
    /** Why it is refused, and what to do. */
    refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** What was demanded: to be compared with what is seen. */
    digits: z.string().nullable(),
    demand: evidenceDemand.nullable(),
    sizeBytes: z.int(),
    receivedBytes: z.int(),
    mediaType: z.string().nullable(),
    /** Of the original as it arrived, hexadecimal. */
    sha256: z.string().nullable(),
    takenAt: z.iso.datetime(),
    receivedAt: z.iso.datetime().nullable(),
    position: position.nullable(),
    coveredSectors: z.array(z.int()),
    durationMs: z.int().nullable(),
    widthPixels: z.int().nullable(),
    heightPixels: z.int().nullable(),
  })
  .meta({ id: "Evidence" });
export type Evidence = z.infer<typeof evidence>;

const evidenceParams = z.object({ evidenceId: z.uuid() });

export const evidenceRoutes = {
  issueEvidenceChallenge: defineRoute({
    method: "POST",
    path: "/api/evidence-challenges",
    tag: "evidence",
    summary: "What must be seen in the next picture; answered once, within minutes, by whom it was given to",
    body: evidenceSubject,
    answers: { 201: evidenceChallenge },
    refusals: [401, 403, 404],
  }),
  /**
   * tus 1.0.0 creation: `Upload-Length`, and `Upload-Metadata` with the one key `evidence`, the base64 of the JSON of
   * `newEvidence`. Answers with `Location` and `Upload-Expires`.
   */
  createEvidence: defineRoute({
    method: "POST",
    path: "/api/evidence",
    tag: "evidence",
    summary:
      "Announces a picture or film; its bytes follow by tus 1.0.0 (Upload-Length, Upload-Metadata: evidence)",
    answers: { 201: evidence },
    refusals: [400, 401, 403, 404, 409, 412, 413],
  }),
  listEvidence: defineRoute({
    method: "GET",
    path: "/api/evidence",
    tag: "evidence",
    summary: "What was accepted of a subject, for who may see the subject; a reading, audited",
    query: evidenceSubject,
    answers: { 200: z.object({ evidence: z.array(evidence) }) },
    refusals: [401, 403, 404],
  }),
  /** HEAD of the same path is tus': the answer carries Upload-Offset and Upload-Length. */
  getEvidence: defineRoute({
    method: "GET",
    path: "/api/evidence/:evidenceId",
    tag: "evidence",
    summary: "One's own picture as it stands: how much has arrived, what the checks say (HEAD: tus' offset)",
    params: evidenceParams,
    answers: { 200: evidence },
    refusals: [401, 404],
  }),
  /** The body is application/offset+octet-stream, at the offset that `Upload-Offset` says. */
  appendEvidence: defineRoute({
    method: "PATCH",
    path: "/api/evidence/:evidenceId",
    tag: "evidence",
    summary: "Bytes of one's own picture at Upload-Offset (tus 1.0.0); durable when acknowledged",
    params: evidenceParams,
    answers: { 204: z.null() },
    refusals: [401, 404, 409, 412, 413, 415],
  }),
  deleteEvidence: defineRoute({
    method: "DELETE",
    path: "/api/evidence/:evidenceId",
    tag: "evidence",
    summary: "Takes one's own picture back (tus 1.0.0 termination), unless something rests on it",
    params: evidenceParams,
    answers: { 204: z.null() },
    refusals: [401, 404, 409],
  }),
  /** The bytes as they are, without what the camera wrote beside the image; takes Range. */
  getEvidenceContent: defineRoute({
    method: "GET",
    path: "/api/evidence/:evidenceId/content",
    tag: "evidence",
    summary: "The picture or film itself, for who may see its subject; a reading, audited",
    params: evidenceParams,
    answers: { 200: z.unknown().meta({ description: "the file, its own type" }) },
    refusals: [401, 403, 404],
  }),
  getEvidencePreview: defineRoute({
    method: "GET",
    path: "/api/evidence/:evidenceId/preview",
    tag: "evidence",
    summary: "A small picture of it, for who may see its subject; a reading, audited",
    params: evidenceParams,
    answers: { 200: z.unknown().meta({ description: "image/jpeg" }) },
    refusals: [401, 403, 404],
  }),
};

/** Where a page finds a picture or film, and its small picture. */
export function evidenceContentPath(evidenceId: string): string {
  return evidenceRoutes.getEvidenceContent.path.replace(":evidenceId", evidenceId);
}
export function evidencePreviewPath(evidenceId: string): string {
  return evidenceRoutes.getEvidencePreview.path.replace(":evidenceId", evidenceId);
}
