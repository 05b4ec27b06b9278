import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { countWorkers, subjects } from "./count-workers.ts";
import { type FactFamily, type FactSource, type FamilyName, familyOf, isOn } from "./families.ts";
import { COUNTY_DIGITS, columnsOf, type RollUp, rollUpsInOrder, tableOf, WHOLE_DIGITS } from "./roll-ups.ts";

/** Runs one part of a counting, which is whole or not at all. */
export type InPart = (work: (tx: Kysely<Tables>) => Promise<void>) => Promise<void>;

export interface Counting {
  inPart: InPart;
  /** Whether the next part begins before anybody else has his turn, so that what they share is read once for all. */
  isInOnePiece: boolean;
}

/**
 * Counts cells anew that stand among the changes, from the rows as they are now. Each part is a function of the rows, and
 * the changes are forgotten last: what is cut off in between is counted again.
 * @param atOnce how many changes are looked at
 * @returns whether there may be more
 */
export async function countCells(tx: Kysely<Tables>, atOnce: number, counting: Counting): Promise<boolean> {
  const { rows } = await sql<{ family: FamilyName; cells: string; ids: number[] }>`
    select family, json_agg(distinct jsonb_build_object('day', day, 'region_code', region_code))::text as cells,
           array_agg(change_id) as ids
    from (select * from statistics_changes order by change_id limit ${atOnce}) c
    group by family`.execute(tx);
  for (const { family, cells } of rows) await countFamily(counting, family, cells);
  const ids = rows.flatMap((row) => row.ids);
  await sql`delete from statistics_changes where change_id = any(${ids}::bigint[])`.execute(tx);
  return ids.length === atOnce;
}

async function countFamily(counting: Counting, name: FamilyName, json: string): Promise<void> {
  const { inPart, isInOnePiece } = counting;
  const family = familyOf(name);
  const cells = sql`(select day, region_code from jsonb_to_recordset(${json}::text::jsonb) as r(day date, region_code text))`;
  const columns = ["day", "region_code", ...Object.keys(family.dimensions)];
  const facts = family.sources.map((source) => cellsOf(family, source, cells));
  await inPart(async (tx) => {
    await remove(tx, family.table, cells);
    await sql`
      insert into ${sql.table(family.table)} (${sql.raw([...columns, ...family.sums].join(", "))})
      select ${sql.raw(`${columns.join(", ")}, ${sumsOf(family)}`)} from (${sql.join(facts, sql` union all `)}) f
      group by ${sql.raw(columns.join(", "))}`.execute(tx);
  });
  for (const rollUp of rollUpsInOrder) await inPart((tx) => sumUp(tx, family, rollUp, cells));
  if (name !== "sessions") return;
  const together = isInOnePiece ? [subjects] : subjects.map((subject) => [subject]);
  for (const kinds of together) await inPart((tx) => countWorkers(tx, family, cells, kinds));
}

const sumsOf = (family: FactFamily, from = ""): string =>
  family.sums.map((column) => `sum(${from}${column})`).join(", ");

/** Cells of a roll-up anew, from those that it is made from. */
async function sumUp(
  tx: Kysely<Tables>,
  family: FactFamily,
  rollUp: RollUp,
  changed: RawBuilder<unknown>,
): Promise<void> {
  const isOfMonths = rollUp.grain === "month";
  const { digits } = rollUp;
  const region = digits === WHOLE_DIGITS ? "region_code" : `left(region_code, ${digits})`;
  const cells = sql.raw(
    `${isOfMonths ? "date_trunc('month', day)::date" : "day"} as day, ${region} as region_code`,
  );
  const whole = sql`(select distinct ${cells} from ${changed} d)`;
  const table = tableOf(family, rollUp);
  const columns = columnsOf(family, rollUp);
  const keys = ["b.day", "b.region_code", ...columns.map((column) => `c.${column}`)].join(", ");
  await remove(tx, table, whole);
  await sql`
    insert into ${sql.table(table)} (${sql.raw(["day", "region_code", ...columns, ...family.sums].join(", "))})
    select ${sql.raw(`${keys}, ${sumsOf(family, "c.")}`)}
    from ${whole} b join ${sql.table(tableOf(family, { suffix: rollUp.from! }))} c
      on ${sql.raw(digits === COUNTY_DIGITS ? "c.county_code" : region.replace("region_code", "c.region_code"))} = b.region_code
        and ${sql.raw(isOfMonths ? "c.day >= b.day and c.day < b.day + interval '1 month'" : "c.day = b.day")}
    group by ${sql.raw(keys)}`.execute(tx);
}

async function remove(tx: Kysely<Tables>, table: string, cells: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from ${sql.table(table)} c using ${cells} b
    where c.region_code = b.region_code and c.day = b.day`.execute(tx);
}

/** Facts of cells `b`, with each of the family's sums; running ones of what has not ended are not in cells. */
function cellsOf(family: FactFamily, source: FactSource, cells: RawBuilder<unknown>): RawBuilder<unknown> {
  const dimensions = Object.values(family.dimensions);
  const { running } = source;
  const sums = family.sums.map((sum) => {
    const ended = running?.sums.includes(sum) ? ` filter (where not (${running.where}))` : "";
    return `coalesce(${source.sums[sum] ?? 0}${ended}, 0)::bigint as ${sum}`;
  });
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  return sql`
    select ${sql.raw(["b.day", "b.region_code", ...named, ...sums].join(", "))}
    from ${cells} b, ${sql.raw(source.from)}
    where ${sql.raw(source.region)} = b.region_code and ${sql.raw(isOn(source, "b.day"))}
      and ${sql.raw(source.where ?? "true")}
    group by ${sql.raw(["b.day", "b.region_code", ...dimensions].join(", "))}`;
}
