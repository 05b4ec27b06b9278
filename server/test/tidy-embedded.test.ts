import { sql } from "kysely";
import { afterEach, expect, test } from "vitest";
import type { Database } from "../src/db/database.ts";
import { tidyEmbedded } from "../src/db/tidy-embedded.ts";
import { type Engine, withEmptyDatabase } from "./database.ts";

let database: Database;
afterEach(() => database?.close());

/** How often a table of 500 rows is written anew, as batches of telemetry write what is known of chips. */
const ROUNDS = 30;

async function open(engine: Engine): Promise<void> {
  database = await withEmptyDatabase(engine);
  await sql.raw("create table heard (chip text primary key, at timestamptz not null)").execute(database.db);
  await sql.raw("create index heard_at on heard (at)").execute(database.db);
  await sql`insert into heard select g::text, now() from generate_series(1, 500) g`.execute(database.db);
}

async function bytesAfter(rounds: number, afterEach: () => unknown): Promise<number> {
  for (let round = 0; round < rounds; round++) {
    await sql`update heard set at = at + interval '5 seconds'`.execute(database.db);
    await afterEach();
  }
  const size = await sql<{ bytes: number }>`select pg_total_relation_size('heard')::int as bytes`.execute(
    database.db,
  );
  return size.rows[0]!.bytes;
}

const tidy = () => tidyEmbedded(database);

const statements = async () =>
  (await sql<{ name: string }>`select name from pg_prepared_statements`.execute(database.db)).rows.length;

test("what is written again and again takes no more room, where it would grow for ever", async () => {
  await open("pglite");
  const fresh = await bytesAfter(1, tidy);
  expect(await bytesAfter(ROUNDS, tidy)).toBeLessThan(2 * fresh);
  expect(await bytesAfter(ROUNDS, () => {})).toBeGreaterThan(3 * fresh);
});

test("only tables that have changed are tidied, and what they hold is known", async () => {
  await open("pglite");
  expect(await tidy()).toContain("public.heard");
  const known = await sql<{ rows: number }>`
    select reltuples::int as rows from pg_class where relname = 'heard'`.execute(database.db);
  expect(known.rows[0]!.rows).toBe(500);
  expect(await tidy()).not.toContain("public.heard");
  await sql`update heard set at = now() where chip::int <= 40`.execute(database.db);
  expect(await tidy()).not.toContain("public.heard");
  // More than 50 and a tenth of its rows: looked through. More than 50 and a fifth dead: cleared.
  await sql`update heard set at = now() where chip::int between 41 and 200`.execute(database.db);
  expect(await tidy()).toContain("public.heard");
});

test("what the database has parsed it keeps", async () => {
  await open("pglite");
  await tidy();
  await sql`update heard set at = now()`.execute(database.db);
  const before = await statements();
  expect(await tidy()).toContain("public.heard");
  expect(await statements()).toBeGreaterThanOrEqual(before);
});

test("a PostgreSQL server is left to its own daemon", async () => {
  await open("postgresql");
  expect(await tidy()).toEqual([]);
});
