import type { EvidencePurpose } from "@hanyouxu/api";
import type { EvidenceId, PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { EvidenceChallengesTable, EvidenceTable } from "../../db/tables/evidence.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** A row of evidence with what its challenge demanded. */
export type EvidenceRow = Selectable<EvidenceTable> & {
  digits: string | null;
  demand: EvidenceChallengesTable["demand"] | null;
};

export async function insertChallenge(db: Db, row: Insertable<EvidenceChallengesTable>): Promise<void> {
  await db.insertInto("evidence_challenges").values(row).execute();
}

/** The challenge, held until the transaction ends: of two answers one comes second. */
export async function lockChallenge(tx: Db, challengeId: string) {
  return await tx
    .selectFrom("evidence_challenges")
    .selectAll()
    .where("challenge_id", "=", challengeId)
    .forUpdate()
    .executeTakeFirst();
}

/** Which evidence has answered a challenge. */
export async function answerOf(tx: Db, challengeId: string): Promise<EvidenceId | undefined> {
  const row = await tx
    .selectFrom("evidence")
    .select("evidence_id")
    .where("challenge_id", "=", challengeId)
    .executeTakeFirst();
  return row?.evidence_id;
}

const withChallenge = (db: Db) =>
  db
    .selectFrom("evidence as e")
    .leftJoin("evidence_challenges as c", "c.challenge_id", "e.challenge_id")
    .selectAll("e")
    .select(["c.digits", "c.demand"]);

export async function selectEvidence(db: Db, evidenceId: string): Promise<EvidenceRow | undefined> {
  return await withChallenge(db)
    .where("e.evidence_id", "=", evidenceId as EvidenceId)
    .executeTakeFirst();
}

/** What was accepted of a subject, in the order it was taken. */
export async function selectAccepted(
  db: Db,
  { purpose, subjectId }: { purpose: EvidencePurpose; subjectId: string },
): Promise<EvidenceRow[]> {
  return await withChallenge(db)
    .where("e.subject_id", "=", subjectId)
    .where("e.purpose", "=", purpose)
    .where("e.state", "=", "accepted")
    .orderBy("e.taken_at")
    .orderBy("e.evidence_id")
    .execute();
}

/** The rows of these ids, held until the transaction ends, in the order of their ids. */
export async function lockEvidence(tx: Db, evidenceIds: readonly string[]): Promise<EvidenceRow[]> {
  return await withChallenge(tx)
    .where(sql<boolean>`e.evidence_id = any(${[...evidenceIds]}::uuid[])`)
    .orderBy("e.evidence_id")
    .forUpdate("e")
    .execute();
}

export async function markUsed(tx: Db, evidenceIds: readonly string[], now: Date): Promise<void> {
  await tx
    .updateTable("evidence")
    .set({ used_at: sql<Date>`coalesce(used_at, ${now}::timestamptz)` })
    .where(sql<boolean>`evidence_id = any(${[...evidenceIds]}::uuid[])`)
    .execute();
}

/** How many and how many bytes a person has announced since an instant. */
export async function sumAnnounced(tx: Db, personId: PersonId, since: Date) {
  const row = await tx
    .selectFrom("evidence")
    .select([
      sql<number>`count(*)::int`.as("count"),
      sql<number>`coalesce(sum(size_bytes), 0)::bigint`.as("bytes"),
    ])
    .where("person_id", "=", personId)
    .where("created_at", ">", since)
    .executeTakeFirstOrThrow();
  return { count: row.count, bytes: Number(row.bytes) };
}

export async function isFileAccepted(db: Db, sha256: Uint8Array): Promise<boolean> {
  const row = await db
    .selectFrom("evidence")
    .select("evidence_id")
    .where("found_sha256", "=", sha256)
    .where("state", "=", "accepted")
    .executeTakeFirst();
  return row !== undefined;
}

/** Changes nothing where an upload of the same id came first. */
export async function insertEvidence(tx: Db, row: Insertable<EvidenceTable>): Promise<void> {
  await tx
    .insertInto("evidence")
    .values(row)
    .onConflict((conflict) => conflict.column("evidence_id").doNothing())
    .execute();
}

/** Moves the durable end of an upload; false where it is no longer where the caller believes. */
export async function moveOffset(
  db: Db,
  evidenceId: EvidenceId,
  fromBytes: number,
  toBytes: number,
  now: Date,
): Promise<boolean> {
  const moved = await db
    .updateTable("evidence")
    .set({
      received_bytes: toBytes,
      state: sql`case when size_bytes = ${toBytes}::bigint then 'checking' else state end`,
      received_at: sql`case when size_bytes = ${toBytes}::bigint then ${now}::timestamptz end`,
      check_due_at: sql`case when size_bytes = ${toBytes}::bigint then ${now}::timestamptz end`,
    })
    .where("evidence_id", "=", evidenceId)
    .where("state", "=", "uploading")
    .where("received_bytes", "=", fromBytes)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Deletes one that nothing rests on: the blobs to delete after the commit, or undefined when something does. */
export async function deleteUnused(tx: Db, evidenceId: EvidenceId): Promise<string[] | undefined> {
  const row = await tx
    .deleteFrom("evidence")
    .where("evidence_id", "=", evidenceId)
    .where("used_at", "is", null)
    .returning(["evidence_id", "preview_blob_id"])
    .executeTakeFirst();
  return row && blobsOf(row);
}

export function blobsOf(row: { evidence_id: string; preview_blob_id: string | null }): string[] {
  return row.preview_blob_id === null ? [row.evidence_id] : [row.evidence_id, row.preview_blob_id];
}

/** The files of all that a person took. */
export async function evidenceBlobsOf(db: Db, personId: PersonId): Promise<string[]> {
  const rows = await db
    .selectFrom("evidence")
    .select(["evidence_id", "preview_blob_id"])
    .where("person_id", "=", personId)
    .execute();
  return rows.flatMap(blobsOf);
}
