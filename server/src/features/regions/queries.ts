import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";
import type { Division } from "./divisions.ts";

export interface KnownRegion {
  region_code: RegionCode;
  parent_code: RegionCode | null;
  name: string;
  is_standard: boolean;
  abolished_on: string | null;
}

export async function allRegions(db: Kysely<Tables>): Promise<Map<string, KnownRegion>> {
  const rows = await db
    .selectFrom("regions")
    .select(["region_code", "parent_code", "name", "is_standard", "abolished_on"])
    .execute();
  return new Map(rows.map((row) => [row.region_code, row]));
}

/** A parameter of a few megabytes for the whole country. */
const ROWS_AT_ONCE = 10_000;

/** Adds regions or brings them up to date. Parents come before their children. */
export async function putRegions(tx: Kysely<Tables>, divisions: readonly Division[]): Promise<void> {
  const inOrder = divisions.toSorted((left, right) => left.code.length - right.code.length);
  for (let start = 0; start < inOrder.length; start += ROWS_AT_ONCE) {
    const rows = inOrder
      .slice(start, start + ROWS_AT_ONCE)
      .map(({ code, parentCode, name }) => ({ code, parent: parentCode, name }));
    await sql`
      insert into regions (region_code, parent_code, name, is_standard)
      select code, parent, name, true from ${recordset(rows, "code text, parent text, name text")}
      on conflict (region_code) do update set
        parent_code = excluded.parent_code, name = excluded.name, is_standard = true, abolished_on = null,
        successor_code = null`.execute(tx);
  }
}

export async function keepFormerNames(
  tx: Kysely<Tables>,
  former: readonly { code: RegionCode; name: string }[],
  endedOn: string,
): Promise<void> {
  if (former.length === 0) return;
  await sql`
    insert into region_former_names (region_code, name, ended_on)
    select code, name, ${endedOn} from ${recordset(former, "code text, name text")}
    on conflict do nothing`.execute(tx);
}

export async function abolishRegions(
  tx: Kysely<Tables>,
  codes: readonly RegionCode[],
  on: string,
): Promise<void> {
  if (codes.length === 0) return;
  await sql`
    update regions set abolished_on = ${on} where region_code = any(${[...codes]}::text[])`.execute(tx);
}

export interface RegionFilter {
  code?: string;
  /** Null: those without a parent. */
  parent?: string | null;
  text?: string;
  codeLength?: number;
  isAbolished?: boolean;
}

function regionsMatching(db: Kysely<Tables>, filter: RegionFilter) {
  const { code, parent, text, codeLength, isAbolished } = filter;
  return db
    .selectFrom("regions as r")
    .$if(code !== undefined, (query) => query.where("r.region_code", "=", code as RegionCode))
    .$if(parent === null, (query) => query.where("r.parent_code", "is", null))
    .$if(typeof parent === "string", (query) => query.where("r.parent_code", "=", parent as RegionCode))
    .$if(codeLength !== undefined, (query) =>
      query.where(sql<boolean>`length(r.region_code) = ${codeLength}`),
    )
    .$if(isAbolished !== undefined, (query) =>
      query.where("r.abolished_on", isAbolished ? "is not" : "is", null),
    )
    .$if(text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(r.name, ${text}::text) > 0 or starts_with(r.region_code, ${text}::text)
                      or exists (select from region_former_names f
                                 where f.region_code = r.region_code and strpos(f.name, ${text}::text) > 0))`,
      ),
    );
}

export async function countRegions(db: Kysely<Tables>, filter: RegionFilter): Promise<number> {
  const row = await regionsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectRegions(db: Kysely<Tables>, filter: RegionFilter, limit: number, offset: number) {
  return await regionsMatching(db, filter)
    .leftJoin("regions as s", "s.region_code", "r.successor_code")
    .select(["r.region_code", "r.name", "r.abolished_on", "r.successor_code", "s.name as successor_name"])
    .select(
      sql<boolean>`exists (select from regions c where c.parent_code = r.region_code)`.as("has_children"),
    )
    .orderBy("r.region_code")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type RegionRow = Awaited<ReturnType<typeof selectRegions>>[number];

export async function selectNames(db: Kysely<Tables>, codes: readonly string[]) {
  return await db
    .selectFrom("regions")
    .select(["region_code", "name"])
    .where(sql<boolean>`region_code = any(${[...codes]}::text[])`)
    .execute();
}

export async function selectFormerNames(db: Kysely<Tables>, codes: readonly string[]) {
  return await db
    .selectFrom("region_former_names")
    .selectAll()
    .where(sql<boolean>`region_code = any(${[...codes]}::text[])`)
    .orderBy("ended_on", "desc")
    .execute();
}

export async function updateSuccessor(
  db: Kysely<Tables>,
  code: RegionCode,
  successor: RegionCode | null,
): Promise<void> {
  await db
    .updateTable("regions")
    .set({ successor_code: successor })
    .where("region_code", "=", code)
    .execute();
}
