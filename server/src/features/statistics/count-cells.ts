import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type FactFamily, type FactSource, type FamilyName, familyOf, isBetween } from "./families.ts";

/**
 * Counts cells anew that stand among the changes, from the rows as they are now.
 * @param atOnce how many changes are looked at
 * @returns whether there may be more
 */
export async function countCells(tx: Kysely<Tables>, atOnce: number): Promise<boolean> {
  const { rows } = await sql<{ family: FamilyName; cells: string; ids: number[] }>`
    select family, json_agg(distinct jsonb_build_object('day', day, 'region_code', region_code))::text as cells,
           array_agg(change_id) as ids
    from (select * from statistics_changes order by change_id limit ${atOnce}) c
    group by family`.execute(tx);
  for (const { family, cells } of rows) await countFamily(tx, family, cells);
  const ids = rows.flatMap((row) => row.ids);
  await sql`delete from statistics_changes where change_id = any(${ids}::bigint[])`.execute(tx);
  return ids.length === atOnce;
}

async function countFamily(tx: Kysely<Tables>, name: FamilyName, cells: string): Promise<void> {
  const family = familyOf(name);
  const days = sql`(select day, region_code from jsonb_to_recordset(${cells}::text::jsonb) as r(day date, region_code text))`;
  const months = sql`(select distinct date_trunc('month', day)::date as day, region_code from ${days} d)`;
  const monthTable = `${family.table}_months`;
  const columns = ["day", "region_code", ...Object.keys(family.dimensions)];
  const sums = family.sums.map((column) => `sum(${column})`).join(", ");
  await remove(tx, family.table, days);
  const facts = family.sources.map((source) => cellsOf(family, source, days));
  await sql`
    insert into ${sql.table(family.table)} (${sql.raw([...columns, ...family.sums].join(", "))})
    select ${sql.raw(`${columns.join(", ")}, ${sums}`)} from (${sql.join(facts, sql` union all `)}) f
    group by ${sql.raw(columns.join(", "))}`.execute(tx);
  await remove(tx, monthTable, months);
  const monthColumns = columns.map((column) => (column === "day" ? "b.day" : `c.${column}`));
  await sql`
    insert into ${sql.table(monthTable)} (${sql.raw([...columns, ...family.sums].join(", "))})
    select ${sql.raw(`${monthColumns.join(", ")}, ${family.sums.map((column) => `sum(c.${column})`).join(", ")}`)}
    from ${months} b join ${sql.table(family.table)} c
      on c.region_code = b.region_code and c.day >= b.day and c.day < b.day + interval '1 month'
    group by ${sql.raw(monthColumns.join(", "))}`.execute(tx);
  if (name === "sessions") await countWorkers(tx, family, months);
}

async function remove(tx: Kysely<Tables>, table: string, cells: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from ${sql.table(table)} c using ${cells} b
    where c.region_code = b.region_code and c.day = b.day`.execute(tx);
}

/** Facts of cells `b`, with each of the family's sums. */
function cellsOf(family: FactFamily, source: FactSource, cells: RawBuilder<unknown>): RawBuilder<unknown> {
  const dimensions = Object.values(family.dimensions);
  const sums = family.sums.map((sum) => `coalesce(${source.sums[sum] ?? 0}, 0)::bigint as ${sum}`);
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  return sql`
    select ${sql.raw(["b.day", "b.region_code", ...named, ...sums].join(", "))}
    from ${cells} b, ${sql.raw(source.from)}
    where ${sql.raw(source.region)} = b.region_code and ${sql.raw(isBetween(source, "b.day", "(b.day + 1)"))}
      and ${sql.raw(source.where ?? "true")}
    group by ${sql.raw(["b.day", "b.region_code", ...dimensions].join(", "))}`;
}

/** Who worked in a month, each once for each place and way in which he did. */
async function countWorkers(
  tx: Kysely<Tables>,
  family: FactFamily,
  months: RawBuilder<unknown>,
): Promise<void> {
  const source = family.sources[0]!;
  const columns = Object.keys(family.dimensions);
  await remove(tx, "statistics_workers_months", months);
  await sql`
    insert into statistics_workers_months
      (day, region_code, ${sql.raw(columns.join(", "))}, enterprise_id, machine_id, welder_id)
    select distinct b.day, b.region_code, ${sql.raw(Object.values(family.dimensions).join(", "))},
           t.enterprise_id, t.machine_id, t.welder_id
    from ${months} b, ${sql.raw(source.from)}
    where ${sql.raw(source.region)} = b.region_code
      and ${sql.raw(isBetween(source, "b.day", "(b.day + interval '1 month')::date"))}
      and t.energised_at is not null`.execute(tx);
}
