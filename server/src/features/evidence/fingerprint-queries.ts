import type { EvidenceId } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type Fingerprint, SAME_WITHIN_BITS } from "../../pictures/fingerprint.ts";

type Db = Kysely<Tables>;

const BANDS = [0, 1, 2, 3] as const;

export async function insertFingerprints(
  tx: Db,
  evidenceId: EvidenceId,
  fingerprints: readonly Fingerprint[],
): Promise<void> {
  const rows = fingerprints.map(({ rows, columns }, frame) => ({
    evidence_id: evidenceId,
    frame,
    row_hash: signed(rows),
    column_hash: signed(columns),
    band_0: bandOf(rows, 0),
    band_1: bandOf(rows, 1),
    band_2: bandOf(rows, 2),
    band_3: bandOf(rows, 3),
  }));
  await tx.insertInto("evidence_fingerprints").values(rows).execute();
}

/**
 * Accepted evidence that shows what `fingerprint` shows. Two row hashes within 7 bits of each other have a band of 16
 * bits within one bit, so that 68 looks into indexes find them among millions; what they find is counted exactly.
 */
export async function selectSimilar(db: Db, fingerprint: Fingerprint): Promise<EvidenceId[]> {
  const rowHash = signed(fingerprint.rows);
  const columnHash = signed(fingerprint.columns);
  const near = BANDS.map((band): RawBuilder<unknown> => {
    const column = sql.ref(`band_${band}`);
    return sql`select evidence_id, row_hash, column_hash from evidence_fingerprints
      where ${column} = any(${neighboursOf(bandOf(fingerprint.rows, band))}::int[])`;
  });
  const { rows } = await sql<{ evidence_id: EvidenceId }>`
    select distinct evidence_id from (${sql.join(near, sql` union all `)}) as near
    where bit_count((row_hash # ${rowHash}::bigint)::bit(64)) <= ${SAME_WITHIN_BITS}::int
      and bit_count((column_hash # ${columnHash}::bigint)::bit(64)) <= ${SAME_WITHIN_BITS}::int`.execute(db);
  return rows.map(({ evidence_id }) => evidence_id);
}

function signed(hash: bigint): string {
  return BigInt.asIntN(64, hash).toString();
}

function bandOf(hash: bigint, band: number): number {
  return Number((hash >> BigInt(16 * band)) & 0xffffn);
}

/** A band's value and all that differ from it in one bit. */
function neighboursOf(value: number): number[] {
  return [value, ...Array.from({ length: 16 }, (_, bit) => value ^ (1 << bit))];
}
