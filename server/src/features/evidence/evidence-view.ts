import { EVIDENCE_SECTORS, type Evidence, type Language } from "@hanyouxu/api";
import type { Position } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { type ErrorCode, messageOf } from "../../errors.ts";
import type { EvidenceRow } from "./queries.ts";

/** Evidence as the API shows it to who took it and to who may see its subject. */
export function evidenceView(
  ctx: Pick<AppContext, "personalData">,
  row: EvidenceRow,
  language: Language,
): Evidence {
  return {
    evidenceId: row.evidence_id,
    purpose: row.purpose,
    subjectId: row.subject_id,
    kind: row.kind,
    source: row.source,
    state: row.state,
    refusal:
      row.refusal === null
        ? null
        : { code: row.refusal, message: messageOf(row.refusal as ErrorCode, language) },
    digits: row.digits,
    demand: row.demand,
    sizeBytes: row.size_bytes,
    receivedBytes: row.received_bytes,
    mediaType: row.media_type,
    sha256: row.found_sha256 ? Buffer.from(row.found_sha256).toString("hex") : null,
    takenAt: row.taken_at.toISOString(),
    receivedAt: row.received_at?.toISOString() ?? null,
    position: positionOf(ctx, row.position_ciphertext),
    coveredSectors: sectorsOf(row.covered_sectors),
    durationMs: row.duration_ms,
    widthPixels: row.width_pixels,
    heightPixels: row.height_pixels,
  };
}

/** Where it was taken; null when the phone did not know. */
export function positionOf(
  ctx: Pick<AppContext, "personalData">,
  ciphertext: Uint8Array | null,
): Position | null {
  return ciphertext === null
    ? null
    : (JSON.parse(ctx.personalData.open("evidence-position", ciphertext)) as Position);
}

export function sectorsOf(mask: number): number[] {
  return Array.from({ length: EVIDENCE_SECTORS }, (_, sector) => sector).filter(
    (sector) => (mask & (1 << sector)) !== 0,
  );
}

export function maskOf(sectors: readonly number[]): number {
  return sectors.reduce((mask, sector) => mask | (1 << sector), 0);
}
