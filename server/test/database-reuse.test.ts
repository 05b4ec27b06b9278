import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../src/db/database.ts";
import { engines, withDatabase } from "./database.ts";
import { reset } from "./database-reuse.ts";

describe.each(engines)("a used database on %s", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await withDatabase(engine);
  });
  afterAll(async () => await database.close());

  test("is had again with what the migrations stored, and nothing else", async () => {
    const { db } = database;
    const departments = async () => await db.selectFrom("departments").selectAll().orderBy("place").execute();
    const migrated = await departments();
    expect(migrated).not.toEqual([]);
    await db.updateTable("departments").set({ name_zh: "演示" }).execute();
    await sql`insert into regions (region_code, name) values ('331000', '演示')`.execute(db);
    expect(await reset(db)).toBe(true);
    expect(await departments()).toEqual(migrated);
    expect(await db.selectFrom("regions").selectAll().execute()).toEqual([]);
  });

  test.each([
    ["a table renamed", "alter table alarms rename to alarms_away"],
    ["a column renamed", "alter table alarms rename column kind to sort"],
    ["a column added", "alter table alarms add column more text"],
    ["a column dropped", "alter table alarms drop column due_at cascade"],
    ["a column of another type", "alter table alarms alter column subject_key type varchar(900)"],
    ["a table more", "create table more (id int)"],
    ["an index less", "drop index alarms_due"],
    [
      "a trigger",
      "create function stay() returns trigger language plpgsql as 'begin return new; end'; " +
        "create trigger stay before insert on alarms execute function stay()",
    ],
  ])("is not had again with %s", async (_, change) => {
    // Looked at before it is taken back: a database for each would take seconds.
    const changed = await database.db.startTransaction().execute();
    try {
      await sql.raw(change).execute(changed);
      expect(await reset(changed)).toBe(false);
    } finally {
      await changed.rollback().execute();
    }
    expect(await reset(database.db)).toBe(true);
  });
});
