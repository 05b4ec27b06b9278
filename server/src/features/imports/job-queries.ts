import { type Kysely, type Selectable, sql, type Updateable } from "kysely";
import { recordset } from "../../db/bulk.ts";
import type { ImportsTable } from "../../db/tables/imports.ts";
import type { Tables } from "../../db/tables.ts";
import type { Issue } from "./issues.ts";

/** The import in hand: who works on it holds its claim, and loses it when it is not renewed in time. */
export interface ClaimedImport {
  import_id: string;
  kind: ImportsTable["kind"];
  file_name: string;
  file_format: ImportsTable["file_format"];
  file_ciphertext: Uint8Array | null;
  status: "checking" | "applying";
  mode: Selectable<ImportsTable>["mode"];
  scope: unknown;
  uploaded_by: string;
  tries: number;
  claimed_by: string;
}

/** Takes the oldest import that waits for work or whose worker is gone; another server's take is passed over. */
export async function claimImport(
  db: Kysely<Tables>,
  claim: { now: Date; until: Date },
): Promise<ClaimedImport | undefined> {
  const { rows } = await sql<ClaimedImport>`
    update imports set claimed_by = gen_random_uuid(), claimed_until = ${claim.until}, tries = tries + 1
    where import_id = (
      select import_id from imports
      where status in ('checking', 'applying') and (claimed_until is null or claimed_until < ${claim.now})
      order by uploaded_at limit 1 for update skip locked)
    returning import_id, kind, file_name, file_format, file_ciphertext, status, mode, scope, uploaded_by, tries,
              claimed_by`.execute(db);
  return rows[0];
}

type Held = Pick<ClaimedImport, "import_id" | "claimed_by" | "status">;

/** Changes an import that this claim still holds in the same status; false when it was cancelled or taken over. */
export async function updateHeld(
  db: Kysely<Tables>,
  held: Held,
  change: Updateable<ImportsTable>,
): Promise<boolean> {
  const result = await db
    .updateTable("imports")
    .set(change)
    .where("import_id", "=", held.import_id)
    .where("claimed_by", "=", held.claimed_by)
    .where("status", "=", held.status)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Locks an import that this claim still holds until the transaction ends; false when it does not hold it. */
export async function lockHeld(tx: Kysely<Tables>, held: Held): Promise<boolean> {
  const row = await tx
    .selectFrom("imports")
    .select("import_id")
    .where("import_id", "=", held.import_id)
    .where("claimed_by", "=", held.claimed_by)
    .where("status", "=", held.status)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** What an earlier check of the same import left. */
export async function forgetCheck(db: Kysely<Tables>, importId: string): Promise<void> {
  await db.deleteFrom("import_issues").where("import_id", "=", importId).execute();
  await db.deleteFrom("import_rows").where("import_id", "=", importId).execute();
}

export async function insertIssues(
  db: Kysely<Tables>,
  importId: string,
  issues: readonly (Issue & { rowNumber: number; place: number; isWarning: boolean })[],
): Promise<void> {
  if (issues.length === 0) return;
  await sql`
    insert into import_issues (import_id, row_number, place, column_key, code, is_warning, details)
    select ${importId}::uuid, "rowNumber", place, "columnKey", code, "isWarning", details
    from ${recordset(
      issues,
      `"rowNumber" integer, place integer, "columnKey" text, code text, "isWarning" boolean, details jsonb`,
    )}`.execute(db);
}

export async function insertStaged(
  db: Kysely<Tables>,
  importId: string,
  rows: readonly { row_number: number; data: object }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into import_rows (import_id, row_number, data)
    select ${importId}::uuid, row_number, data from ${recordset(rows, "row_number integer, data jsonb")}`.execute(
    db,
  );
}

/** Files whose time is over are forgotten; a check that nobody confirmed in that time with them. */
export async function forgetOldFiles(db: Kysely<Tables>, now: Date): Promise<void> {
  await sql`
    delete from import_rows using imports i
    where i.import_id = import_rows.import_id and i.file_until < ${now} and i.status = 'checked'`.execute(db);
  await sql`
    update imports
    set file_ciphertext = null, status = case when status = 'checked' then 'cancelled' else status end
    where file_until < ${now} and file_ciphertext is not null and status not in ('checking', 'applying')`.execute(
    db,
  );
}
