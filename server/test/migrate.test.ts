import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../src/db/database.ts";
import { type Migration, MigrationConflict, migrate, readMigrations } from "../src/db/migrate.ts";
import { engines, withEmptyDatabase } from "./database.ts";

describe("the migration files", () => {
  test("are numbered without gaps and end in a table of each name in tables.ts", () => {
    const migrations = readMigrations();
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });
});

describe.each(engines)("migrating on %s", (engine) => {
  let database: Database;
  beforeEach(async () => {
    database = await withEmptyDatabase(engine);
  });
  afterEach(() => database?.close());

  const tables = async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' order by 1`.execute(database.db);
    return rows.map(({ name }) => name);
  };
  const invented = (number: number, text: string): Migration => ({
    number,
    name: "invented",
    sql: text,
    checksum: `checksum of ${text}`,
  });

  test("an empty database gets every table once; again changes nothing", async () => {
    const all = readMigrations();
    expect(await migrate(database.db)).toEqual(all.map(({ number }) => number));
    const made = await tables();
    expect(made).toEqual(
      expect.arrayContaining(["persons", "machines", "chip_events", "audit_log", "sign_ins"]),
    );
    expect(await migrate(database.db)).toEqual([]);
    expect(await tables()).toEqual(made);
  });

  test("a populated copy of every version goes forward with its rows", async () => {
    const all = readMigrations();
    await migrate(database.db, all.slice(0, 1));
    await sql`
      insert into regions values ('330723', null, '演示县', 28.89, 119.82);
      insert into persons values ('0198c0de-0000-7000-8000-000000000001', '\\x01', '\\x02', '\\x03', true, now());
      insert into enterprises values
        ('0198c0de-0000-7000-8000-000000000002', '演示企业', null, null, '330723', 'active', now());
      insert into role_grants values
        ('0198c0de-0000-7000-8000-000000000003', '0198c0de-0000-7000-8000-000000000001', 'welder', '330723', null, now());
      insert into welders values ('0198c0de-0000-7000-8000-000000000004', '0198c0de-0000-7000-8000-000000000001',
        '00112233445566aa', null, null, '330723', 'active', now());
      insert into chips (chip_id, spki, enrolled_at) values ('abcdefghijklmnop', '\\x04', now());
      insert into machines (machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile,
        status, chip_id, created_at) values ('0198c0de-0000-7000-8000-000000000005', 'code',
        '0198c0de-0000-7000-8000-000000000002', '330723', '演示焊机', 'ZX7-400', 'SMAW', false, 'in-service',
        'abcdefghijklmnop', now())`.execute(database.db);
    for (let version = 2; version <= all.length; version++) {
      expect(await migrate(database.db, all.slice(0, version))).toEqual([version]);
    }
    const { rows } = await sql`
      select m.name, c.chip_id, w.pseudonym, g.role from machines m join chips c using (chip_id)
        cross join welders w join role_grants g using (person_id)`.execute(database.db);
    expect(rows).toEqual([
      { name: "演示焊机", chip_id: "abcdefghijklmnop", pseudonym: "00112233445566aa", role: "welder" },
    ]);
  });

  test("a consent given before texts had versions is one to the first notice, given then", async () => {
    const all = readMigrations();
    await migrate(database.db, all.slice(0, 12));
    await sql`
      insert into persons (person_id, name_ciphertext, is_active, created_at)
        values ('0198c0de-0000-7000-8000-000000000001', '\\x01', true, now());
      insert into consents values ('0198c0de-0000-7000-8000-000000000001', '2026-11-26', '2026-11-26T08:00:00Z')
      `.execute(database.db);
    await migrate(database.db, all.slice(0, 13));
    const { rows } = await sql`
      select t.kind, t.version, c.given_at, c.withdrawn_at
      from consents c join consent_texts t using (consent_text_id)`.execute(database.db);
    const given_at = new Date("2026-11-26T08:00:00Z");
    expect(rows).toEqual([{ kind: "privacy", version: 1, given_at, withdrawn_at: null }]);
  });

  test("servers that start together apply each file once", async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.db)));
    expect(applied.flat().sort((a, b) => a - b)).toEqual(readMigrations().map(({ number }) => number));
  });

  test("a file that fails half-way leaves nothing behind", async () => {
    const first = invented(1, "create table kept (n integer)");
    const broken = invented(2, "create table half (n integer); insert into nowhere values (1)");
    await expect(migrate(database.db, [first, broken])).rejects.toThrow(/nowhere/);
    expect(await tables()).toEqual(["kept", "schema_migrations"]);
    const mended = invented(2, "create table half (n integer)");
    expect(await migrate(database.db, [first, mended])).toEqual([2]);
  });

  test("an applied file that has changed, and a database newer than the program, are refused", async () => {
    const first = invented(1, "create table a (n integer)");
    await migrate(database.db, [first, invented(2, "create table b (n integer)")]);
    await expect(migrate(database.db, [invented(1, "create table a (n bigint)")])).rejects.toThrow(
      MigrationConflict,
    );
    await expect(migrate(database.db, [first])).rejects.toThrow(/start the newer version/);
  });
});
