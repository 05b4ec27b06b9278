import type { EvidenceId } from "@hanyouxu/protocol";
import { type Kysely, sql, type Updateable } from "kysely";
import type { EvidenceTable } from "../../db/tables/evidence.ts";
import type { Tables } from "../../db/tables.ts";
import { blobsOf, type EvidenceRow, selectEvidence } from "./queries.ts";

type Db = Kysely<Tables>;

/** Takes the upload that has waited longest for its check, for the time of a lease. */
export async function claimDue(db: Db, now: Date, until: Date): Promise<EvidenceRow | undefined> {
  const { rows } = await sql<{ evidence_id: EvidenceId }>`
    update evidence set check_due_at = ${until}::timestamptz, check_tries = check_tries + 1
    where evidence_id = (
      select evidence_id from evidence
      where state = 'checking' and check_due_at <= ${now}::timestamptz
      order by check_due_at limit 1 for update skip locked)
    returning evidence_id`.execute(db);
  return rows[0] && (await selectEvidence(db, rows[0].evidence_id));
}

/** False where it is no longer being checked. */
export async function saveAccepted(
  tx: Db,
  evidenceId: EvidenceId,
  found: Updateable<EvidenceTable>,
): Promise<boolean> {
  const saved = await tx
    .updateTable("evidence")
    .set({ ...found, state: "accepted" })
    .where("evidence_id", "=", evidenceId)
    .where("state", "=", "checking")
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** False where it is no longer being checked. */
export async function refuse(
  tx: Db,
  evidenceId: EvidenceId,
  refusal: string,
  sha256: Uint8Array | null,
  now: Date,
): Promise<boolean> {
  const refused = await tx
    .updateTable("evidence")
    .set({ state: "refused", refusal, found_sha256: sha256, checked_at: now })
    .where("evidence_id", "=", evidenceId)
    .where("state", "=", "checking")
    .executeTakeFirst();
  return refused.numUpdatedRows === 1n;
}

/** Deletes what is waited for no longer, and what no record has come to rest on in time: the blobs that go with it. */
export async function deleteStale(
  tx: Db,
  { now, unusedBefore, limit }: { now: Date; unusedBefore: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ evidence_id: string; preview_blob_id: string | null }>`
    delete from evidence where evidence_id in (
      select evidence_id from evidence
      where used_at is null and (
        (state = 'uploading' and upload_expires_at <= ${now}::timestamptz)
        or (state in ('accepted', 'refused') and received_at <= ${unusedBefore}::timestamptz))
      limit ${limit} for update skip locked)
    returning evidence_id, preview_blob_id`.execute(tx);
  return rows.flatMap(blobsOf);
}

/** Challenges that nobody answered and nobody can answer any more. */
export async function deleteUnanswered(db: Db, issuedBefore: Date, limit: number): Promise<void> {
  await sql`
    delete from evidence_challenges where challenge_id in (
      select c.challenge_id from evidence_challenges c
      where c.issued_at <= ${issuedBefore}::timestamptz
        and not exists (select from evidence e where e.challenge_id = c.challenge_id)
      limit ${limit})`.execute(db);
}
