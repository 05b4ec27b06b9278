import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { inBackground } from "./background.ts";
import { databaseOn } from "./database.ts";
import { AHEAD } from "./named-statements.ts";
import { pgliteDialect } from "./pglite-dialect.ts";
import { openPgliteHere } from "./pglite-here.ts";

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
  await expect.poll(() => statements.length).toBeGreaterThan(0);
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

test("what nobody waits for goes in the end, however many others come", async () => {
  const { db, statements, answer } = notedDatabase();
  const run = (text: string) => sql.raw(text).execute(db);
  const all = [run("select 'first'"), inBackground(() => run("select 'sweep'"))];
  for (let count = 0; count < 100; count++) all.push(run("select 'start'"));
  await expect.poll(() => statements.length).toBeGreaterThan(0);
  answer();
  await Promise.all(all);
  const at = statements.indexOf("select 'sweep'");
  expect(at).toBeGreaterThan(30);
  expect(at).toBeLessThan(60);
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

test("a commit goes right behind what was sent ahead, and whoever is next right behind the commit", async () => {
  const { db, statements, answer } = notedDatabase();
  const write = db.transaction().execute(async (tx) => {
    await sql.raw(`${AHEAD} insert`).execute(tx);
  });
  const next = sql.raw("select 'next'").execute(db);
  await expect
    .poll(() => statements)
    .toEqual(["start transaction", `${AHEAD} insert`, "commit", "select 'next'"]);
  answer();
  await Promise.all([write, next]);
});

test("a commit tells that what was sent ahead has failed, and rolls back nobody else", async () => {
  const { db, close } = databaseOn(await openPgliteHere());
  await sql`create table kept (n integer primary key)`.execute(db);
  const failing = db.transaction().execute(async (tx) => {
    await sql`insert into kept values (${1})`.execute(tx);
    await sql`${sql.raw(AHEAD)} insert into kept values (${1})`.execute(tx);
  });
  const other = db.transaction().execute(async (tx) => {
    await sql`insert into kept values (${2})`.execute(tx);
    await failing.catch(() => {});
    await sql`insert into kept values (${3})`.execute(tx);
  });
  await expect(failing).rejects.toMatchObject({ code: "23505" });
  await other;
  expect((await sql`select n from kept order by n`.execute(db)).rows).toEqual([{ n: 2 }, { n: 3 }]);
  await close();
});
