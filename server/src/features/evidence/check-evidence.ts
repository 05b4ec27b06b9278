import { createHash } from "node:crypto";
import type { EvidencePurpose } from "@hanyouxu/api";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import { sealBlob } from "../../crypto/blob-sealing.ts";
import type { Tables } from "../../db/tables.ts";
import type { ErrorCode } from "../../errors.ts";
import type { Fingerprint } from "../../pictures/fingerprint.ts";
import { deletePhotoFiles } from "../photos/photos.ts";
import { claimDue, refuse, saveAccepted } from "./check-queries.ts";
import { insertFingerprints, selectSimilar } from "./fingerprint-queries.ts";
import { lookAtEvidence } from "./look-at-evidence.ts";
import { readSegments, segmentsOf } from "./open-evidence.ts";
import { type EvidenceRow, isFileAccepted } from "./queries.ts";

/** Longer than any check: what a dead server began is begun again after it. */
const CHECK_LEASE_MS = 6 * 60_000;
/** What fails so often by a fault of ours is refused as unreadable rather than tried for ever. */
const MOST_TRIES = 5;
/** Pictures of a work session are part of its record as soon as they are accepted; others when something rests on them. */
const KEPT_AT_ONCE: readonly EvidencePurpose[] = ["work"];
/** Names the lock under which one picture at a time is compared and accepted. */
const acceptLock = 5_020_001;

type CheckContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "blobs" | "personalData" | "audit" | "log"
>;

/** Looks at what has arrived whole, one after the other, until nothing is due. */
export async function checkDueEvidence(ctx: CheckContext): Promise<number> {
  for (let checked = 0; ; checked++) {
    const nowMs = ctx.clock.nowMs();
    const row = await claimDue(ctx.db, new Date(nowMs), new Date(nowMs + CHECK_LEASE_MS));
    if (!row) return checked;
    if (row.check_tries > MOST_TRIES) await refuseAs(ctx, row, "evidence.unreadable", null);
    else await check(ctx, row);
  }
}

async function check(ctx: CheckContext, row: EvidenceRow): Promise<void> {
  if (row.key_ciphertext === null) return await refuseAs(ctx, row, "evidence.unreadable", null);
  const blob = segmentsOf(ctx, row);
  const hash = createHash("sha256");
  for await (const part of readSegments(ctx, blob, row.size_bytes, 0, row.size_bytes)) hash.update(part);
  const sha256 = hash.digest();
  const isAsSaid = row.said_sha256 !== null && sha256.equals(row.said_sha256);
  if (!isAsSaid) return await refuseAs(ctx, row, "evidence.altered", sha256);
  const seen = await lookAtEvidence(ctx, row, blob);
  if (typeof seen === "string") return await refuseAs(ctx, row, seen, sha256);

  const previewId = ctx.newId();
  const { key, sealed } = sealBlob(previewId, seen.preview, ctx.random);
  await ctx.blobs.put(previewId, sealed);
  const refusal = await ctx.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${acceptLock}::bigint)`.execute(tx);
    const before = await seenBefore(tx, row, sha256, seen.fingerprints);
    if (before) return before;
    const now = new Date(ctx.clock.nowMs());
    const isSaved = await saveAccepted(tx, row.evidence_id, {
      found_sha256: sha256,
      media_type: seen.mediaType,
      width_pixels: seen.widthPixels,
      height_pixels: seen.heightPixels,
      duration_ms: seen.durationMs,
      preview_blob_id: previewId,
      preview_key_ciphertext: ctx.personalData.seal("blob-key", Buffer.from(key).toString("base64")),
      checked_at: now,
      ...(KEPT_AT_ONCE.includes(row.purpose) ? { used_at: now } : {}),
    });
    // Taken back, or checked by another server that thought this one dead.
    if (!isSaved) return "evidence.not_found";
    await insertFingerprints(tx, row.evidence_id, seen.fingerprints);
    return undefined;
  });
  if (refusal) await deletePhotoFiles(ctx, [previewId]);
  if (refusal && refusal !== "evidence.not_found") await refuseAs(ctx, row, refusal, sha256);
}

/** The same file, or the same picture: of a film, what most of its frames show. */
async function seenBefore(
  tx: Kysely<Tables>,
  row: EvidenceRow,
  sha256: Uint8Array,
  fingerprints: readonly Fingerprint[],
): Promise<ErrorCode | undefined> {
  if (await isFileAccepted(tx, sha256)) return "evidence.same_file";
  const shown = new Map<string, number>();
  for (const fingerprint of fingerprints) {
    for (const other of await selectSimilar(tx, fingerprint)) {
      if (other !== row.evidence_id) shown.set(other, (shown.get(other) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...shown.values());
  return most * 2 > fingerprints.length ? "evidence.same_picture" : undefined;
}

async function refuseAs(
  ctx: CheckContext,
  row: EvidenceRow,
  refusal: ErrorCode,
  sha256: Uint8Array | null,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const isRefused = await refuse(tx, row.evidence_id, refusal, sha256, new Date(ctx.clock.nowMs()));
    if (!isRefused) return;
    await ctx.audit.record(tx, {
      actor: "system",
      action: "evidence.refused",
      subject: `evidence:${row.evidence_id}`,
      details: { refusal, personId: row.person_id, purpose: row.purpose, subjectId: row.subject_id },
    });
  });
}
