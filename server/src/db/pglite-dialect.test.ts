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

test("a transaction is not interrupted once it has written or locked", async () => {
  for (const first of ["update t", "select 'one' for no key update", "select pg_advisory_xact_lock(1)"]) {
    const { db, statements, answer } = notedDatabase();
    const transaction = inBackground(() =>
      db.transaction().execute(async (tx) => {
        await sql.raw(first).execute(tx);
        await sql.raw("select 'two'").execute(tx);
      }),
    );
    await expect.poll(() => statements.length).toBeGreaterThan(0);
    const start = sql.raw("select 'start'").execute(db);
    answer();
    await Promise.all([transaction, start]);
    expect(statements).toEqual(["start transaction", first, "select 'two'", "commit", "select 'start'"]);
  }
});

test("others have their turns between what a transaction reads before that", async () => {
  const { db, statements, answer } = notedDatabase();
  const transaction = db.transaction().execute(async (tx) => {
    await sql.raw("select 'one'").execute(tx);
    await sql.raw("select 'two'").execute(tx);
    await Promise.all([sql.raw("update t").execute(tx), sql.raw("insert").execute(tx)]);
  });
  await expect.poll(() => statements.length).toBeGreaterThan(0);
  const start = sql.raw("select 'start'").execute(db);
  answer();
  await Promise.all([transaction, start]);
  expect(statements).toEqual([
    "select 'one'",
    "select 'start'",
    "select 'two'",
    "start transaction",
    "update t",
    "insert",
    "commit",
  ]);
});

test("what waits for its turn in a transaction that has ended meanwhile is not done, and holds up nobody", async () => {
  const { db, statements, answer } = notedDatabase();
  const holding = db.transaction().execute((tx) => sql.raw("insert").execute(tx));
  await expect.poll(() => statements.length).toBe(2);
  const late: Promise<unknown>[] = [];
  const failing = db.transaction().execute(async (tx) => {
    late.push(sql.raw("update t").execute(tx));
    await new Promise((asked) => setImmediate(asked));
    throw new Error("given up");
  });
  await expect(failing).rejects.toThrow("given up");
  answer();
  await expect(late[0]).rejects.toThrow("ended");
  await Promise.all([holding, sql.raw("select 'next'").execute(db)]);
  expect(statements).toEqual(["start transaction", "insert", "commit", "select 'next'"]);
});

test("one that has failed in reading stores nothing of what it writes after it", async () => {
  const { db, close } = databaseOn(await openPgliteHere());
  await sql`create table kept (n integer primary key)`.execute(db);
  const failing = db.transaction().execute(async (tx) => {
    await sql`select 1 / ${0}::integer`.execute(tx).catch(() => {});
    await sql`insert into kept values (${1})`.execute(tx);
  });
  await expect(failing).rejects.toThrow();
  expect((await sql`select n from kept`.execute(db)).rows).toEqual([]);
  await close();
});

test("one that asks for one state throughout sees nothing of what others write meanwhile", async () => {
  const { db, close } = databaseOn(await openPgliteHere());
  await sql`create table kept (n integer primary key)`.execute(db);
  const count = async (from: typeof db) =>
    (await sql<{ n: number }>`select count(*)::integer as n from kept`.execute(from)).rows[0]!.n;
  const seen = (isolation: "read committed" | "repeatable read") =>
    db
      .transaction()
      .setIsolationLevel(isolation)
      .execute(async (tx) => {
        const before = await count(tx);
        const others = sql`insert into kept select count(*) from kept`.execute(db);
        if (isolation === "read committed") await others;
        return (await count(tx)) - before;
      });
  expect(await seen("read committed")).toBe(1);
  expect(await seen("repeatable read")).toBe(0);
  await close();
});

test("a commit goes right behind what was sent ahead, and whoever is next right behind the commit", async () => {
  const { db, statements, answer } = notedDatabase();
  const write = db.transaction().execute(async (tx) => {
    await sql.raw(`${AHEAD} insert`).execute(tx);
  });
  const sent = ["start transaction", `${AHEAD} insert`, "commit"];
  await expect.poll(() => statements).toEqual(sent);
  const next = sql.raw("select 'next'").execute(db);
  await expect.poll(() => statements).toEqual([...sent, "select 'next'"]);
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
