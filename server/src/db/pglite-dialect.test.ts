import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { inBackground } from "./background.ts";
import { pgliteDialect } from "./pglite-dialect.ts";

/** A database whose statements are noted; the first one is answered when `answer` is called, the others at once. */
function notedDatabase() {
  const statements: string[] = [];
  const { promise: first, resolve: answer } = Promise.withResolvers<void>();
  const db = new Kysely<object>({
    dialect: pgliteDialect({
      async query(text) {
        statements.push(text);
        if (statements.length === 1) await first;
        return { rows: [], affectedRows: 0 };
      },
      async close() {},
    }),
  });
  return { db, statements, answer };
}

test("whoever somebody waits for goes before what nobody waits for, each kind in its own order", async () => {
  const { db, statements, answer } = notedDatabase();
  const run = (text: string) => sql.raw(text).execute(db);
  const all = [
    run("select 'first'"),
    inBackground(() => run("select 'sweep'")),
    run("select 'start'"),
    inBackground(() => run("select 'telemetry'")),
    run("select 'stop'"),
  ];
  await expect.poll(() => statements).toHaveLength(1);
  answer();
  await Promise.all(all);
  expect(statements.map((text) => text.slice(8, -1))).toEqual([
    "first",
    "start",
    "stop",
    "sweep",
    "telemetry",
  ]);
});

test("a transaction is not interrupted", async () => {
  const { db, statements, answer } = notedDatabase();
  const transaction = inBackground(() =>
    db.transaction().execute(async (tx) => {
      await sql.raw("select 'one'").execute(tx);
      await sql.raw("select 'two'").execute(tx);
    }),
  );
  await expect.poll(() => statements.length).toBeGreaterThan(0);
  const start = sql.raw("select 'start'").execute(db);
  answer();
  await Promise.all([transaction, start]);
  expect(statements).toEqual([
    "start transaction",
    "select 'one'",
    "select 'two'",
    "commit",
    "select 'start'",
  ]);
});
