import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type FactFamily, isBetween } from "./families.ts";
import { type ChangedSubjects, gatherWorkers } from "./gather-workers.ts";
import { type WorkerCount, workerCounts } from "./measures.ts";
import { counties, townships, workersTable } from "./working-tables.ts";

const NOBODY = "repeat('0', 372)::bit(372)";
const subjects = Object.keys(workerCounts) as WorkerCount[];

/**
 * Who worked on the days of `cells`: their bits are taken away and set anew from the rows, in townships and in
 * counties; wider regions are gathered for those that it may have changed for.
 * @param family of work sessions
 */
export async function countWorkers(
  tx: Kysely<Tables>,
  family: FactFamily,
  cells: RawBuilder<unknown>,
): Promise<void> {
  const source = family.sources[0]!;
  const columns = Object.keys(family.dimensions);
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  const masks = masksOf(cells, "region_code");
  for (const kind of subjects) await takeAway(tx, workersTable(kind, townships), masks);
  const keys = ["region_code", "year", ...columns, "subject_id"];
  // The rows are read once for all three.
  const inserts = subjects.map((kind) => {
    const found = sql`
      select ${sql.raw(["region_code", "year", ...columns, `${workerCounts[kind]} as subject_id`, "bit_or(day_bit) as days"].join(", "))}
      from worked group by ${sql.raw(["region_code", "year", ...columns, workerCounts[kind]].join(", "))}`;
    return sql`${sql.ref(kind)} as (${setBits(workersTable(kind, townships), keys, found)})`;
  });
  await sql`
    with worked as materialized (
      select b.region_code, extract(year from b.day)::int as year, statistics_day_bit(b.day) as day_bit,
             ${sql.raw(named.join(", "))}, t.enterprise_id, t.machine_id, t.welder_id
      from ${cells} b, ${sql.raw(source.from)}
      where ${sql.raw(source.region)} = b.region_code and ${sql.raw(isBetween(source, "b.day", "(b.day + 1)"))}
        and t.energised_at is not null
    ), ${sql.join(inserts)}
    select 1`.execute(tx);
  for (const kind of subjects) await forgetIdle(tx, workersTable(kind, townships), masks);
  for (const kind of subjects) await gatherWorkers(tx, family, kind, await countInCounties(tx, kind, cells));
}

/** @returns who had worked there on the days that are counted, or has now */
async function countInCounties(
  tx: Kysely<Tables>,
  kind: WorkerCount,
  cells: RawBuilder<unknown>,
): Promise<ChangedSubjects> {
  const masks = masksOf(cells, `left(region_code, ${counties.digits})`);
  const table = workersTable(kind, counties);
  const had = await takeAway(tx, table, masks);
  const found = sql`
    select m.region_code, m.year, w.subject_id, bit_or(w.days & m.days) as days
    from ${masks} m join ${sql.table(workersTable(kind, townships))} w on w.county_code = m.region_code and w.year = m.year
    where (w.days & m.days) <> ${sql.raw(NOBODY)}
    group by m.region_code, m.year, w.subject_id`;
  const set = sql<ChangedRow>`${setBits(table, ["region_code", "year", "subject_id"], found)} returning w.year, w.subject_id`;
  const { rows: have } = await set.execute(tx);
  await forgetIdle(tx, table, masks);
  const changed = new Map<number, Set<string>>();
  for (const { year, subject_id } of [...had, ...have])
    changed.set(year, (changed.get(year) ?? new Set()).add(subject_id));
  return changed;
}

interface ChangedRow {
  year: number;
  subject_id: string;
}

/** The days that are counted, as bits, by region and year. */
const masksOf = (cells: RawBuilder<unknown>, region: string): RawBuilder<unknown> =>
  sql`(select ${sql.raw(region)} as region_code, extract(year from day)::int as year, bit_or(statistics_day_bit(day)) as days
       from ${cells} d group by 1, 2)`;

async function takeAway(
  tx: Kysely<Tables>,
  table: string,
  masks: RawBuilder<unknown>,
): Promise<ChangedRow[]> {
  const { rows } = await sql<ChangedRow>`
    update ${sql.table(table)} w set days = w.days & ~m.days, months = statistics_months_of(w.days & ~m.days)
    from ${masks} m
    where w.region_code = m.region_code and w.year = m.year and (w.days & m.days) <> ${sql.raw(NOBODY)}
    returning w.year, w.subject_id`.execute(tx);
  return rows;
}

/** @param found rows of the keys, each once, with the bits of `days` */
function setBits(table: string, keys: readonly string[], found: RawBuilder<unknown>): RawBuilder<unknown> {
  const unique = keys.map((key) => (key === "region_code" ? "region_code text_pattern_ops" : key));
  return sql`
    insert into ${sql.table(table)} as w (${sql.raw(keys.join(", "))}, days, months)
    select ${sql.raw(keys.map((key) => `f.${key}`).join(", "))}, f.days, statistics_months_of(f.days) from (${found}) f
    on conflict (${sql.raw(unique.join(", "))})
    do update set days = w.days | excluded.days, months = statistics_months_of(w.days | excluded.days)`;
}

/** Those that turn out not to have worked at all in the year. */
async function forgetIdle(tx: Kysely<Tables>, table: string, masks: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from ${sql.table(table)} w using ${masks} m
    where w.region_code = m.region_code and w.year = m.year and w.days = ${sql.raw(NOBODY)}`.execute(tx);
}
