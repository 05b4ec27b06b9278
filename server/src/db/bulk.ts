import { type Kysely, type RawBuilder, sql } from "kysely";
import { AHEAD } from "./named-statements.ts";

/**
 * Many rows as one parameter: `jsonb_to_recordset(rows) as r(columns)`, the same on both engines and cheap to build
 * whatever their number. Bytes travel as base64 (`base64Of`) and are decoded in the statement.
 * @param columns names and SQL types, our own text, never input
 */
export function recordset(rows: readonly object[], columns: string): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(${sql.raw(columns)})`;
}

/**
 * Rows as one parameter, with the names and types of a table's columns: `from rowsOf("alarms", rows) r`. Times are dates
 * or ISO texts, JSON columns are given as values; there are no bytes among them.
 */
export function rowsOf(table: string, rows: readonly object[]): RawBuilder<unknown> {
  return sql`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::text::jsonb)`;
}

/** The insertion of such rows, one statement text whatever their number; columns that the first does not name take their defaults. */
export function insertOf(table: string, rows: readonly object[]): RawBuilder<unknown> {
  const columns = sql.join(Object.keys(rows[0]!).map((column) => sql.ref(column)));
  return sql`insert into ${sql.table(table)} (${columns}) select ${columns} from ${rowsOf(table, rows)} r`;
}

/** Writes what nobody asks about again in the transaction: sent ahead, told of by the next statement if it failed. */
export async function writeAhead<Tables>(tx: Kysely<Tables>, statement: RawBuilder<unknown>): Promise<void> {
  await sql`${sql.raw(AHEAD)} ${statement}`.execute(tx);
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/**
 * Statements of a transaction that write to different tables as one, sent ahead: none of them sees what another writes,
 * and whether they could be written is told by the next statement or the commit.
 * @param statements without results that anybody needs; absent ones are left out
 */
export async function writeTogether<Tables>(
  tx: Kysely<Tables>,
  statements: readonly (RawBuilder<unknown> | undefined)[],
): Promise<void> {
  const present = statements.filter((statement) => statement !== undefined);
  const last = present.pop();
  if (!last) return;
  const others = present.map((statement, index) => sql`${sql.ref(`write_${index}`)} as (${statement})`);
  await writeAhead(tx, others.length === 0 ? last : sql`with ${sql.join(others)} ${last}`);
}
