import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type Kysely, sql } from "kysely";

/** One numbered file: `0001-init.sql`. Once released it never changes; what must change is a later file. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The files on disk and the database do not belong together. */
export class MigrationConflict extends Error {
  override readonly name = "MigrationConflict";
}

const folder = new URL("./migrations/", import.meta.url);
/** Any number, the same in every server: only one migrates at a time. */
const advisoryLock = 4_841_596;

/** Every migration in order. @throws when a number is missing or given twice. */
export function readMigrations(): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  return files.map((file, index) => {
    const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]);
    if (number !== index + 1) {
      throw new MigrationConflict(`${file}: the ${index + 1}th migration must be numbered ${index + 1}`);
    }
    const text = readFileSync(new URL(file, folder), "utf8");
    return {
      number,
      name: file.slice(5, -4),
      sql: text,
      checksum: createHash("sha256").update(text).digest("hex"),
    };
  });
}

/**
 * Brings the schema forward, each file in its own transaction; servers that start together wait for each other.
 * @returns the numbers applied now.
 * @throws MigrationConflict when an applied file has changed or the database is newer than this program.
 */
export async function migrate<T>(db: Kysely<T>, migrations = readMigrations()): Promise<number[]> {
  await db.transaction().execute(async (tx) => {
    await lock(tx);
    await sql`
      create table if not exists schema_migrations (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`.execute(tx);
  });
  const applied: number[] = [];
  for (const migration of migrations) {
    const isNew = await db.transaction().execute((tx) => applyOnce(tx, migration));
    if (isNew) applied.push(migration.number);
  }
  await refuseNewer(db, migrations);
  return applied;
}

async function applyOnce<T>(tx: Kysely<T>, migration: Migration): Promise<boolean> {
  await lock(tx);
  const known = await sql<{ checksum: string }>`
    select checksum from schema_migrations where number = ${migration.number}`.execute(tx);
  const checksum = known.rows[0]?.checksum;
  if (checksum === migration.checksum) return false;
  if (checksum !== undefined) {
    throw new MigrationConflict(
      `migration ${migration.number} (${migration.name}) was applied with another content: restore the file and` +
        " write a new migration for the change",
    );
  }
  await sql.raw(migration.sql).execute(tx);
  await sql`
    insert into schema_migrations (number, name, checksum)
    values (${migration.number}, ${migration.name}, ${migration.checksum})`.execute(tx);
  return true;
}

async function refuseNewer<T>(db: Kysely<T>, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await sql<{ last: number | null }>`
    select max(number) as last from schema_migrations`.execute(db);
  const last = rows[0]?.last ?? 0;
  if (last > migrations.length) {
    throw new MigrationConflict(
      `the database has migration ${last}, this program knows ${migrations.length}: start the newer version`,
    );
  }
}

async function lock<T>(tx: Kysely<T>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLock}::bigint)`.execute(tx);
}
