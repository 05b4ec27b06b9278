import type { EvidencePurpose } from "@hanyouxu/api";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type EvidenceRow, selectAccepted } from "./queries.ts";

export { issueChallenge } from "./challenge.ts";
export { checkDueEvidence } from "./check-evidence.ts";
export { evidenceView } from "./evidence-view.ts";
export { selectSimilar } from "./fingerprint-queries.ts";
export { forgetEvidence } from "./forget-evidence.ts";
export { evidencePreview, type OpenedEvidence, openEvidence } from "./open-evidence.ts";
export { type EvidenceRow, evidenceBlobsOf } from "./queries.ts";
export { type EvidenceNeeded, requireEvidence } from "./require-evidence.ts";
export type { EvidenceSubject, EvidenceSubjects } from "./subjects.ts";

/** What was accepted of a subject, in the order it was taken, with what each challenge demanded. */
export async function evidenceOf(
  db: Kysely<Tables>,
  subject: { purpose: EvidencePurpose; subjectId: string },
): Promise<EvidenceRow[]> {
  return await selectAccepted(db, subject);
}
