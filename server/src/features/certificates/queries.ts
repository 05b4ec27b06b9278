import type { PersonId, WelderId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { CertificateSubmissionsTable } from "../../db/tables/welders.ts";
import type { CertificatesTable, Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Certificates with what is known of their entry and their welder. */
export function certificatesWithEntry(db: Db) {
  return db
    .selectFrom("certificates as k")
    .innerJoin("welders as w", "w.welder_id", "k.welder_id")
    .innerJoin("persons as p", "p.person_id", "w.person_id")
    .innerJoin("regions as r", "r.region_code", "w.region_code")
    .leftJoin("certificate_submissions as s", "s.certificate_id", "k.certificate_id")
    .selectAll("k")
    .select(["w.person_id", "w.identity_ciphertext", "w.region_code", "r.name as region_name"])
    .select(["p.name_ciphertext"])
    .select(["s.revision", "s.submitted_at", "s.photo_blob_id", "s.registry_outcome", "s.registry_differs"])
    .select([
      "s.registry_checked_at",
      "s.decided_at",
      "s.decided_by",
      "s.rejection_reason",
      "s.rejection_text",
    ]);
}

export type CertificateRow = Awaited<ReturnType<typeof selectCertificatesOf>>[number];

/** A welder's certificates: what counts longest comes first. */
export async function selectCertificatesOf(db: Db, welderId: WelderId) {
  return await certificatesWithEntry(db)
    .where("k.welder_id", "=", welderId)
    .orderBy("k.valid_to", "desc")
    .orderBy("k.certificate_id")
    .execute();
}

export async function selectCertificate(db: Db, certificateId: string): Promise<CertificateRow | undefined> {
  return await certificatesWithEntry(db).where("k.certificate_id", "=", certificateId).executeTakeFirst();
}

/** Who enters it: his certificates are changed one request after the other. */
export async function lockHolder(tx: Db, personId: PersonId) {
  return await tx
    .selectFrom("welders as w")
    .innerJoin("persons as p", "p.person_id", "w.person_id")
    .select(["w.welder_id", "w.identity_ciphertext", "p.name_ciphertext"])
    .where("w.person_id", "=", personId)
    .forNoKeyUpdate("w")
    .executeTakeFirst();
}

/** Entries with the same number in the same family, whoever made them, that were not turned down. */
export async function selectSameNumber(tx: Db, family: string, numberIndex: Uint8Array) {
  return await tx
    .selectFrom("certificates")
    .select(["certificate_id", "welder_id", "item", "valid_from", "verification"])
    .where("family", "=", family)
    .where("number_index", "=", numberIndex)
    .execute();
}

export async function countWaiting(tx: Db, welderId: WelderId): Promise<number> {
  const row = await tx
    .selectFrom("certificates")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("welder_id", "=", welderId)
    .where("verification", "=", "submitted")
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertEntry(
  tx: Db,
  certificate: Insertable<CertificatesTable>,
  submission: Insertable<CertificateSubmissionsTable>,
): Promise<void> {
  await tx.insertInto("certificates").values(certificate).execute();
  await tx.insertInto("certificate_submissions").values(submission).execute();
}

/** The entry as it is now sent again: nothing decided about it, nothing asked. */
export async function replaceEntry(
  tx: Db,
  certificateId: string,
  certificate: Updateable<CertificatesTable>,
  submission: Pick<Insertable<CertificateSubmissionsTable>, "submitted_at" | "photo_blob_id">,
): Promise<void> {
  await tx.updateTable("certificates").set(certificate).where("certificate_id", "=", certificateId).execute();
  await tx
    .updateTable("certificate_submissions")
    .set({
      ...submission,
      revision: sql<number>`revision + 1`,
      registry_outcome: null,
      registry_differs: "[]",
      registry_checked_at: null,
      decided_at: null,
      decided_by: null,
      rejection_reason: null,
      rejection_text: null,
    })
    .where("certificate_id", "=", certificateId)
    .execute();
}

export interface RegistryNote {
  outcome: NonNullable<CertificateRow["registry_outcome"]>;
  differs: readonly string[];
  checkedAt: Date;
}

/** Notes the registry's answer about an entry of this revision; false when it was decided or changed meanwhile. */
export async function noteRegistry(
  tx: Db,
  certificateId: string,
  revision: number,
  { outcome, differs, checkedAt }: RegistryNote,
): Promise<boolean> {
  const result = await tx
    .updateTable("certificate_submissions")
    .set({
      registry_outcome: outcome,
      registry_differs: JSON.stringify(differs),
      registry_checked_at: checkedAt,
    })
    .where("certificate_id", "=", certificateId)
    .where("revision", "=", revision)
    .where("decided_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface Settlement {
  verification: "verified" | "rejected";
  decidedAt: Date;
  /** A person's id, or `registry`. */
  decidedBy: string;
  reason: string | null;
  text: string | null;
}

/** Decides an entry of this revision, once; false when it was decided or changed meanwhile. */
export async function settleEntry(
  tx: Db,
  certificateId: string,
  revision: number,
  { verification, decidedAt, decidedBy, reason, text }: Settlement,
): Promise<boolean> {
  const result = await tx
    .updateTable("certificate_submissions")
    .set({
      revision: revision + 1,
      decided_at: decidedAt,
      decided_by: decidedBy,
      rejection_reason: reason,
      rejection_text: text,
    })
    .where("certificate_id", "=", certificateId)
    .where("revision", "=", revision)
    .where("decided_at", "is", null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await tx
    .updateTable("certificates")
    .set({ verification })
    .where("certificate_id", "=", certificateId)
    .execute();
  return true;
}

/** Entries that no registry has answered for, though one should have by now; the longest waiting first. */
export async function selectUnanswered(db: Db, submittedBefore: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("certificate_submissions")
    .select("certificate_id")
    .where("decided_at", "is", null)
    .where("submitted_at", "<", submittedBefore)
    .where((where) =>
      where.or([
        where("registry_outcome", "is", null),
        where("registry_outcome", "in", ["unreachable", "not-configured"]),
      ]),
    )
    .orderBy("registry_checked_at", (order) => order.asc().nullsFirst())
    .orderBy("submitted_at")
    .limit(limit)
    .execute();
  return rows.map((row) => row.certificate_id);
}

export async function setStanding(
  tx: Db,
  certificateId: string,
  status: CertificatesTable["status"],
): Promise<boolean> {
  const result = await tx
    .updateTable("certificates")
    .set({ status })
    .where("certificate_id", "=", certificateId)
    .where("verification", "=", "verified")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
