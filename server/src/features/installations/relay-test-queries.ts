import type { Insertable, Kysely } from "kysely";
import { sql } from "kysely";
import type { RelayTestsTable } from "../../db/tables/retrofit.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function insertRelayTest(tx: Db, row: Insertable<RelayTestsTable>): Promise<void> {
  await tx.insertInto("relay_tests").values(row).execute();
}

/** Newest first. */
export async function selectRelayTests(db: Db, installationIds: readonly string[]) {
  if (installationIds.length === 0) return [];
  return await db
    .selectFrom("relay_tests")
    .selectAll()
    .where("installation_id", "in", installationIds)
    .orderBy("sent_at", "desc")
    .orderBy("relay_test_id", "desc")
    .execute();
}

export type RelayTestRow = Awaited<ReturnType<typeof selectRelayTests>>[number];

/** The tests that these ids or the answered commands belong to; mostly none. */
export async function findRelayTests(
  tx: Db,
  relayTestIds: readonly string[],
  commandIds: readonly string[],
): Promise<RelayTestRow[]> {
  return await tx
    .selectFrom("relay_tests")
    .selectAll()
    .where(
      sql<boolean>`(relay_test_id = any(${[...relayTestIds]}::uuid[]) or command_id = any(${[...commandIds]}::text[]))`,
    )
    .execute();
}

export async function updateRelayTest(
  tx: Db,
  relayTestId: string,
  change: Partial<Pick<RelayTestsTable, "status" | "due_at">> & {
    failure?: string;
    closed_at?: Date;
    opened_at?: Date;
    open_reason?: string;
    peak_deciamps?: number;
    checkpoint_verified?: boolean;
  },
): Promise<void> {
  await tx.updateTable("relay_tests").set(change).where("relay_test_id", "=", relayTestId).execute();
}

/** Those whose chip has been silent too long have failed. */
export async function failOverdue(db: Db, now: Date): Promise<number> {
  const result = await db
    .updateTable("relay_tests")
    .set({
      failure: sql<string>`case status when 'sent' then 'no-answer' else 'no-opening' end`,
      status: "failed",
    })
    .where("status", "in", ["sent", "closed"])
    .where("due_at", "<", now)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Whether a work session holds the machine. Locks the machine, so that none begins meanwhile. */
export async function isAtWork(tx: Db, machineId: string): Promise<boolean> {
  await tx
    .selectFrom("machines")
    .select("machine_id")
    .where("machine_id", "=", machineId as never)
    .forUpdate()
    .executeTakeFirst();
  const row = await tx
    .selectFrom("work_sessions")
    .select("work_session_id")
    .where("machine_id", "=", machineId as never)
    .where("status", "in", ["granted", "energised"])
    .executeTakeFirst();
  return row !== undefined;
}
