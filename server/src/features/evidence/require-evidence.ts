import type { EvidencePurpose } from "@hanyouxu/api";
import type { PersonId, Position } from "@hanyouxu/protocol";
import { distanceMetres } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { positionOf } from "./evidence-view.ts";
import { type EvidenceRow, lockEvidence, markUsed } from "./queries.ts";

export interface EvidenceNeeded {
  personId: PersonId;
  purpose: EvidencePurpose;
  subjectId: string;
  /** Taken at this instant or later. */
  notBeforeMs: number;
  /** Taken within so many metres, the phone's own uncertainty allowed for up to the same again. */
  near?: { position: Pick<Position, "latitudeDegrees" | "longitudeDegrees">; metres: number };
}

/**
 * Takes pictures as what a record rests on, in the record's own transaction: from here on they are kept as long as it.
 * @throws AppError evidence.not_found | not_yours | not_ready | was_refused | taken_too_early | position_missing |
 * too_far, whose details name the evidence, and the refusal or the distance
 */
export async function requireEvidence(
  ctx: Pick<AppContext, "personalData" | "clock">,
  tx: Kysely<Tables>,
  evidenceIds: readonly string[],
  needed: EvidenceNeeded,
): Promise<EvidenceRow[]> {
  const asked = [...new Set(evidenceIds)];
  const rows = new Map((await lockEvidence(tx, asked)).map((row) => [row.evidence_id as string, row]));
  for (const evidenceId of asked) {
    const row = rows.get(evidenceId);
    if (!row) throw new AppError("evidence.not_found", { details: { evidenceId } });
    const problem = problemOf(ctx, row, needed);
    if (problem) throw new AppError(problem.code, { details: { evidenceId, ...problem.details } });
  }
  await markUsed(tx, asked, new Date(ctx.clock.nowMs()));
  return [...rows.values()];
}

interface Problem {
  code: ErrorCode;
  details?: Record<string, unknown>;
}

function problemOf(
  ctx: Pick<AppContext, "personalData">,
  row: EvidenceRow,
  { personId, purpose, subjectId, notBeforeMs, near }: EvidenceNeeded,
): Problem | undefined {
  const isForThis = row.purpose === purpose && row.subject_id === subjectId;
  if (row.person_id !== personId || !isForThis) return { code: "evidence.not_yours" };
  if (row.state === "refused") return { code: "evidence.was_refused", details: { refusal: row.refusal } };
  if (row.state !== "accepted") return { code: "evidence.not_ready" };
  if (row.taken_at.getTime() < notBeforeMs) return { code: "evidence.taken_too_early" };
  if (!near) return undefined;
  const position = positionOf(ctx, row.position_ciphertext);
  if (!position) return { code: "evidence.position_missing" };
  const away = distanceMetres(position, near.position);
  // A fix in a street of houses errs by tens of metres; one that may be anywhere proves nothing.
  const allowed = near.metres + Math.min(position.accuracyMetres, near.metres);
  return away > allowed ? { code: "evidence.too_far", details: { metres: Math.round(away) } } : undefined;
}
