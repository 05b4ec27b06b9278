import {
  type EvidenceKind,
  MAX_EVIDENCE_A_DAY,
  MAX_EVIDENCE_BYTES,
  MAX_EVIDENCE_BYTES_A_DAY,
  type NewEvidence,
} from "@hanyouxu/api";
import type { EvidenceId, PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { hasVideoTools } from "../../videos/video-tools.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { CHALLENGE_UPLOAD_MS } from "./challenge.ts";
import { maskOf } from "./evidence-view.ts";
import {
  answerOf,
  type EvidenceRow,
  insertEvidence,
  isFileAccepted,
  lockChallenge,
  selectEvidence,
  sumAnnounced,
} from "./queries.ts";
import { type EvidenceSubjects, subjectOf } from "./subjects.ts";

/** Bytes that are still missing are waited for so long. */
export const UPLOAD_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** How far a phone's clock may run ahead. */
const AHEAD_MS = 60_000;

type CreateContext = Pick<AppContext, "db" | "clock" | "random" | "personalData">;

/**
 * Announces a picture of `sizeBytes` and looks at all that can be known before its bytes are there. The same id of the
 * same person again is the same upload.
 * @throws AppError of the subject | evidence.*
 */
export async function createEvidence(
  ctx: CreateContext,
  subjects: EvidenceSubjects,
  person: Person,
  { sizeBytes, ...said }: NewEvidence & { sizeBytes: number },
): Promise<EvidenceRow> {
  const { personId } = person;
  const before = await ownOf(ctx, personId, said.evidenceId);
  if (before) return before;
  const subject = subjectOf(subjects, said.purpose);
  await subject.requireCapturer(person, said.subjectId);
  if (sizeBytes > MAX_EVIDENCE_BYTES[said.kind]) throw tooLarge(said.kind);
  if (said.source === "gallery" && !subject.allowsGallery) throw new AppError("evidence.gallery_forbidden");
  if (said.kind === "video" && !(await hasVideoTools())) throw new AppError("evidence.video_unavailable");
  const nowMs = ctx.clock.nowMs();
  if (Date.parse(said.takenAt) > nowMs + AHEAD_MS) throw new AppError("evidence.taken_in_future");
  const saidSha256 = Buffer.from(said.sha256, "hex");
  if (await isFileAccepted(ctx.db, saidSha256)) throw new AppError("evidence.same_file");

  await ctx.db.transaction().execute(async (tx) => {
    if (said.source === "camera") await takeChallenge(tx, personId, said, nowMs);
    const announced = await sumAnnounced(tx, personId, new Date(nowMs - DAY_MS));
    const isMuch = announced.bytes + sizeBytes > MAX_EVIDENCE_BYTES_A_DAY;
    if (isMuch || announced.count >= MAX_EVIDENCE_A_DAY) throw new AppError("evidence.daily_limit");
    const key = Buffer.from(ctx.random(32)).toString("base64");
    await insertEvidence(tx, {
      evidence_id: said.evidenceId as EvidenceId,
      purpose: said.purpose,
      subject_id: said.subjectId,
      person_id: personId,
      kind: said.kind,
      source: said.source,
      state: "uploading",
      challenge_id: said.source === "camera" ? said.challengeId : null,
      size_bytes: sizeBytes,
      said_sha256: saidSha256,
      taken_at: new Date(said.takenAt),
      created_at: new Date(nowMs),
      upload_expires_at: new Date(nowMs + UPLOAD_MS),
      position_ciphertext: said.position
        ? ctx.personalData.seal("evidence-position", JSON.stringify(said.position))
        : null,
      covered_sectors: maskOf(said.coveredSectors),
      key_ciphertext: ctx.personalData.seal("blob-key", key),
    });
  });
  return await requireOwn(ctx, personId, said.evidenceId);
}

/** Evidence of one's own; of somebody else's nobody learns that it is there. @throws AppError evidence.not_found */
export async function requireOwn(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
  evidenceId: string,
): Promise<EvidenceRow> {
  const row = await ownOf(ctx, personId, evidenceId);
  if (!row) throw new AppError("evidence.not_found");
  return row;
}

async function ownOf(ctx: Pick<AppContext, "db">, personId: PersonId, evidenceId: string) {
  const row = await selectEvidence(ctx.db, evidenceId);
  return row?.person_id === personId ? row : undefined;
}

function tooLarge(kind: EvidenceKind): AppError {
  const details = { maxBytes: MAX_EVIDENCE_BYTES[kind] };
  return new AppError(kind === "photo" ? "evidence.photo_too_large" : "evidence.video_too_large", {
    details,
  });
}

/** Whether the picture answers a challenge of this person for this subject, once and in its time. */
async function takeChallenge(
  tx: Kysely<Tables>,
  personId: PersonId,
  { evidenceId, challengeId, purpose, subjectId, takenAt }: NewEvidence,
  nowMs: number,
): Promise<void> {
  const challenge = challengeId === null ? undefined : await lockChallenge(tx, challengeId);
  const isOwn =
    challenge?.person_id === personId && challenge.purpose === purpose && challenge.subject_id === subjectId;
  if (!challenge || !isOwn) throw new AppError("evidence.challenge_unknown", { details: { evidenceId } });
  const answer = await answerOf(tx, challenge.challenge_id);
  if (answer && answer !== evidenceId) throw new AppError("evidence.challenge_used");
  const takenMs = Date.parse(takenAt);
  if (takenMs < challenge.issued_at.getTime()) throw new AppError("evidence.taken_before_challenge");
  const isLate = nowMs > challenge.issued_at.getTime() + CHALLENGE_UPLOAD_MS;
  if (isLate || takenMs > challenge.expires_at.getTime()) throw new AppError("evidence.challenge_expired");
}
