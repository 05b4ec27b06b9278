import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTogether } from "../src/db/bulk.ts";
import type { Database } from "../src/db/database.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../src/db/sql-errors.ts";
import { engines, withDatabase } from "./database.ts";

describe.each(engines)("a database on %s", (engine) => {
  let database: Database;

  beforeAll(async () => {
    database = await withDatabase(engine);
    await sql`create table counters (name text primary key, value bigint not null)`.execute(database.db);
    await sql`create table parts (name text references counters)`.execute(database.db);
  });
  afterAll(() => database?.close());

  test("gives every column type the same JavaScript value", async () => {
    const moment = new Date("2026-03-01T08:00:00.123Z");
    const { rows } = await sql<Record<string, unknown>>`
      select 9007199254740991::int8 as safe, 9007199254740993::int8 as beyond, count(*) as counted,
             sum(1::int8) as summed, ${new Uint8Array([0, 1, 255])}::bytea as bytes, ${moment}::timestamptz as moment,
             ${"2026-03-01"}::date as day, 1.50::numeric as exact, 0.5::real as small, 0.25::float8 as large,
             ${JSON.stringify({ b: [1, null], a: "文" })}::jsonb as json, true as yes,
             array[1, null, 3]::int8[] as integers, array['\\x01ff'::bytea] as blobs, array['a', 'b"c,']::text[] as texts,
             array[1.5]::numeric[] as exacts, interval '1 hour' as span,
             '0198c0de-0000-7000-8000-00000000000a'::uuid as id, null::int8 as nothing`.execute(database.db);
    expect(rows).toEqual([
      {
        safe: 9007199254740991,
        beyond: 9007199254740993n,
        counted: 1,
        summed: "1",
        bytes: new Uint8Array([0, 1, 255]),
        moment,
        day: "2026-03-01",
        exact: "1.50",
        small: 0.5,
        large: 0.25,
        json: { a: "文", b: [1, null] },
        yes: true,
        integers: [1, null, 3],
        blobs: [new Uint8Array([1, 255])],
        texts: ["a", 'b"c,'],
        exacts: ["1.5"],
        span: "01:00:00",
        id: "0198c0de-0000-7000-8000-00000000000a",
        nothing: null,
      },
    ]);
    expect(rows[0]?.bytes).not.toBeInstanceOf(Buffer);
  });

  test("takes arrays, bytes and dates as parameters", async () => {
    const { rows } = await sql<{ hits: number }>`
      select count(*) as hits from unnest(
        ${[1, 2, 3]}::int8[], ${["x", "y", "z"]}::text[],
        ${[new Uint8Array([1]), new Uint8Array([2]), Buffer.from([3])]}::bytea[],
        ${[new Date(1), new Date(2), new Date(3)]}::timestamptz[]) as t (n, name, raw, at)
      where n = any(${[1, 3]}::int8[]) and raw <> ${Buffer.from([2])} and at < ${new Date(5)}`.execute(
      database.db,
    );
    expect(rows).toEqual([{ hits: 2 }]);
  });

  test("says which constraint a statement broke", async () => {
    await sql`insert into counters values ('unique', 0)`.execute(database.db);
    const twice = await sql`insert into counters values ('unique', 0)`
      .execute(database.db)
      .catch((error) => error);
    expect(isUniqueViolation(twice, "counters_pkey")).toBe(true);
    expect(isUniqueViolation(twice, "other")).toBe(false);
    const orphan = await sql`insert into parts values ('nobody')`
      .execute(database.db)
      .catch((error) => error);
    expect(isForeignKeyViolation(orphan)).toBe(true);
  });

  test("runs transactions one after another without losing an update", async () => {
    await sql`insert into counters values ('shared', 0)`.execute(database.db);
    const add = () =>
      database.db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ value: number }>`
          select value from counters where name = 'shared' for update`.execute(tx);
        await sql`update counters set value = ${(rows[0]?.value ?? 0) + 1} where name = 'shared'`.execute(tx);
      });
    await Promise.all(Array.from({ length: 40 }, add));
    const { rows } = await sql`select value from counters where name = 'shared'`.execute(database.db);
    expect(rows).toEqual([{ value: 40 }]);
  });

  test("undoes a transaction whose callback throws", async () => {
    const failed = database.db.transaction().execute(async (tx) => {
      await sql`insert into counters values ('undone', 1)`.execute(tx);
      throw new Error("changed my mind");
    });
    await expect(failed).rejects.toThrow("changed my mind");
    const { rows } = await sql`select 1 from counters where name = 'undone'`.execute(database.db);
    expect(rows).toEqual([]);
  });

  test("refuses to commit after a statement has failed and been ignored", async () => {
    const ignored = database.db.transaction().execute(async (tx) => {
      await sql`insert into counters values ('half', 1)`.execute(tx);
      await sql`insert into nowhere values (1)`.execute(tx).catch(() => undefined);
    });
    await expect(ignored).rejects.toThrow();
    const { rows } = await sql`select 1 from counters where name = 'half'`.execute(database.db);
    expect(rows).toEqual([]);
  });

  test("undoes a transaction with the error of a statement that was sent ahead, whatever comes after it", async () => {
    const insert = (tx: Database["db"], name: string) =>
      writeTogether(tx, [
        sql`insert into counters values (${name}, 1)`,
        sql`update counters set value = 2 where name = 'nobody'`,
      ]);
    const endings = {
      "the commit": async () => {},
      "a statement": async (tx: Database["db"]) => void (await sql`select ${1}::int`.execute(tx)),
      "an error of its own": async () => {
        throw new Error("own");
      },
    };
    await insert(database.db, "ahead");
    await sql`select 1`.execute(database.db);
    for (const [name, end] of Object.entries(endings)) {
      const run = database.db.transaction().execute(async (tx) => {
        await sql`insert into counters values (${`before ${name}`}, 1)`.execute(tx);
        await insert(tx, "ahead");
        await end(tx);
      });
      const error = await run.catch((reason: unknown) => reason);
      expect(isUniqueViolation(error, "counters_pkey") || String(error) === "Error: own").toBe(true);
    }
    const { rows } = await sql<{ name: string }>`
      select name from counters where name like 'before %' or name = 'ahead'`.execute(database.db);
    expect(rows).toEqual([{ name: "ahead" }]);
  });

  test("keeps the part before a savepoint", async () => {
    const tx = await database.db.startTransaction().execute();
    await sql`insert into counters values ('kept', 1)`.execute(tx);
    const after = await tx.savepoint("before").execute();
    await sql`insert into nowhere values (1)`.execute(after).catch(() => undefined);
    await after.rollbackToSavepoint("before").execute();
    await tx.commit().execute();
    const { rows } = await sql`select value from counters where name = 'kept'`.execute(database.db);
    expect(rows).toEqual([{ value: 1 }]);
  });

  test("treats text as text: a quote ends nothing", async () => {
    const name = "x'); drop table counters; --";
    await sql`insert into counters values (${name}, 7)`.execute(database.db);
    const { rows } = await sql`select value from counters where name = ${name}`.execute(database.db);
    expect(rows).toEqual([{ value: 7 }]);
  });
});
