import { afterAll, beforeAll, expect, test } from "vitest";
import { PgliteClient } from "./pglite-client.ts";

let client: PgliteClient;
beforeAll(async () => {
  client = await PgliteClient.open({ folder: undefined, snapshot: undefined }, () => {});
  await client.query("create table welds (weld_id int8 primary key, done_at timestamptz, name text)", []);
});
afterAll(() => client?.close());

test("a statement that is asked again has the columns that there are by then", async () => {
  await client.query("insert into welds values ($1, $2, $3)", [1, new Date(0), "角焊"]);
  const ask = () => client.query("select * from welds where weld_id = $1", [1]);
  const first = { weld_id: 1, done_at: new Date(0), name: "角焊" };
  expect((await ask()).rows).toEqual([first]);
  expect((await ask()).rows).toEqual([first]);
  await client.query("alter table welds add length_mm real", []);
  const both = await Promise.all([ask(), ask()]);
  expect(both.map(({ rows }) => rows)).toEqual([
    [{ ...first, length_mm: null }],
    [{ ...first, length_mm: null }],
  ]);
});

test("without parameters one statement answers as with, and several answer with what the last says", async () => {
  const one = await client.query("select 3 as three", []);
  expect(one).toMatchObject({ rows: [{ three: 3 }], affectedRows: 0 });
  expect((await client.query("select 1 as one; select 2 as two", [])).rows).toEqual([{ two: 2 }]);
  expect((await client.query("update welds set name = name", [])).affectedRows).toBe(1);
});

test("what is refused says why, and what was asked with it is answered", async () => {
  const again = client.query("insert into welds values ($1, $2, $3)", [1, null, null]);
  const beside = client.query("select count(*) from welds", []);
  await expect(again).rejects.toMatchObject({ code: "23505", constraint: "welds_pkey", table: "welds" });
  expect((await beside).rows).toEqual([{ count: 1 }]);
  await expect(client.query("select nothing from welds where weld_id = $1", [1])).rejects.toMatchObject({
    code: "42703",
  });
});

test("values are read as from PostgreSQL: exact integers, bytes, days as text, arrays with their nulls", async () => {
  const { rows } = await client.query(
    `select 9007199254740993 as large, 7::int8 as small, '\\x00ff'::bytea as bytes, '2026-02-28'::date as day,
            array['a', null, '"b'] as names, '{"x": [1]}'::jsonb as json, 1.50::numeric as exact, true as yes`,
    [],
  );
  expect(rows).toEqual([
    {
      large: 9007199254740993n,
      small: 7,
      bytes: new Uint8Array([0, 255]),
      day: "2026-02-28",
      names: ["a", null, '"b'],
      json: { x: [1] },
      exact: "1.50",
      yes: true,
    },
  ]);
});

test("an answer of many pieces is whole", async () => {
  const { rows } = await client.query(
    "select i, repeat('焊', $1) as text from generate_series(1, 3000) i",
    [300],
  );
  expect(rows).toHaveLength(3_000);
  expect(rows.at(-1)).toEqual({ i: 3_000, text: "焊".repeat(300) });
  expect((await client.query("select 1 as one where $1::bool", [false])).rows).toEqual([]);
});
