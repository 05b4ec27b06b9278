import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { appendEntry, readEntries } from "./queries.ts";

export { ReadingLog } from "./reading-log.ts";

/** One thing that somebody did or read. `details` holds ids and masked values, never personal data in clear. */
export interface AuditEntry {
  /** The person's id, `client:…` for a department's program, or `system` for what the platform does by itself. */
  actor: string;
  /** `sign_in.started`, `work_session.granted`, `personal_data.read` … */
  action: string;
  /** What it was done to: `person:…`, `machine:…`. */
  subject: string;
  details?: Record<string, unknown>;
}

export interface AuditLog {
  /**
   * Appends within `db`'s transaction (or in one of its own), so that the record and what it records stand or fall
   * together. Call it last in a transaction: from here on other writers of the log wait for the commit.
   */
  record(db: Kysely<Tables>, entry: AuditEntry): Promise<void>;
}

/** The audit log on the injected clock. */
export function auditLog(ctx: Pick<AppContext, "clock" | "newId">): AuditLog {
  return {
    async record(db, entry) {
      const recorded = {
        id: ctx.newId(),
        at: new Date(ctx.clock.nowMs()),
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        details: auditJson(entry.details ?? {}),
      };
      await appendEntry(db, { ...recorded, entryHash: entryHash(recorded) });
    },
  };
}

export interface ChainReport {
  entries: number;
  /** The first sequence number that is missing, altered or out of order; undefined when the chain is whole. */
  brokenAt: number | undefined;
  /** What the entries counted so far hash to, in hex. */
  headHash: string;
}

/** Recomputes the chain from its first entry and compares it with the stored head, which shows a cut tail. */
export async function verifyAuditChain(db: Kysely<Tables>): Promise<ChainReport> {
  let chain = new Uint8Array(32);
  let entries = 0;
  for (;;) {
    const { batch, head } = await readEntries(db, entries, 1000);
    for (const entry of batch) {
      const before = chain;
      chain = sha256(before, entryHash({ ...entry, details: auditJson(entry.details) }));
      if (entry.seq !== entries + 1 || !equal(chain, entry.chainHash)) {
        return { entries, brokenAt: entries + 1, headHash: hex(before) };
      }
      entries++;
    }
    if (batch.length === 0) {
      const whole = head.seq === entries && equal(head.hash, chain);
      return { entries, brokenAt: whole ? undefined : entries + 1, headHash: hex(chain) };
    }
  }
}

interface Hashed {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  /** Canonical JSON. */
  details: string;
}

function entryHash({ id, at, actor, action, subject, details }: Hashed): Uint8Array<ArrayBuffer> {
  return sha256(Buffer.from(JSON.stringify([id, at.getTime(), actor, action, subject, details])));
}

function sha256(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/**
 * JSON with sorted keys: the database's jsonb keeps values but not the order of keys. Every chain ever written depends
 * on this spelling, which is not that of rules' `canonicalJson`: a Date is its text, and keys that are whole numbers
 * come first, by value. A test shows both differences.
 */
export function auditJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    nested !== null && typeof nested === "object" && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  );
}
