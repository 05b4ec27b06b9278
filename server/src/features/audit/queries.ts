import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

export interface AppendedEntry {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  /** JSON text. */
  details: string;
  entryHash: Uint8Array;
}

/** One statement: takes the head's row lock, links the entry to it and moves the head. */
export async function appendEntry(db: Kysely<Tables>, entry: AppendedEntry): Promise<void> {
  await sql`
    with head as (
      update audit_head set seq = seq + 1, hash = sha256(hash || ${entry.entryHash}::bytea)
      returning seq, hash
    )
    insert into audit_log (seq, id, at, actor, action, subject, details, chain_hash)
    select head.seq, ${entry.id}::uuid, ${entry.at}::timestamptz, ${entry.actor}, ${entry.action}, ${entry.subject},
           ${entry.details}::jsonb, head.hash
    from head`.execute(db);
}

/** Up to `limit` entries after sequence number `afterSeq`, and the head, read at one moment. */
export async function readEntries(db: Kysely<Tables>, afterSeq: number, limit: number) {
  return await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => ({
      batch: await tx
        .selectFrom("audit_log")
        .select(["seq", "id", "at", "actor", "action", "subject", "details", "chain_hash as chainHash"])
        .where("seq", ">", afterSeq)
        .orderBy("seq")
        .limit(limit)
        .execute(),
      head: await tx.selectFrom("audit_head").select(["seq", "hash"]).executeTakeFirstOrThrow(),
    }));
}
