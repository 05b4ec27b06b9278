import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type FactFamily, isOn } from "./families.ts";
import { type ChangedSubject, gatherWorkers } from "./gather-workers.ts";
import { type WorkerCount, workerCounts } from "./measures.ts";
import { townships, workersTable } from "./working-tables.ts";

const NOBODY = "repeat('0', 372)::bit(372)";
export const subjects = Object.keys(workerCounts) as WorkerCount[];

/**
 * Who worked on the days of `cells`: their bits are taken away and set anew from the rows, in townships; wider regions are
 * gathered for those that it may have changed for.
 * @param family of work sessions
 * @param kinds whose, one at least
 */
export async function countWorkers(
  tx: Kysely<Tables>,
  family: FactFamily,
  cells: RawBuilder<unknown>,
  kinds: readonly WorkerCount[],
): Promise<void> {
  const source = family.sources[0]!;
  const columns = Object.keys(family.dimensions);
  const named = Object.entries(family.dimensions).map(([column, expression]) => `${expression} as ${column}`);
  const masks = masksOf(cells);
  const changed: ChangedSubject[] = [];
  for (const kind of kinds) changed.push(...(await takeAway(tx, kind, masks)));
  // The rows are read once for all of them.
  const inserts = kinds.map((kind) => {
    const keys = ["region_code", "year", ...columns];
    const found = sql`
      select ${sql.raw([...keys, `${workerCounts[kind]} as subject_id`, "bit_or(day_bit) as days"].join(", "))}
      from worked group by ${sql.raw([...keys, workerCounts[kind]].join(", "))}`;
    return sql`${sql.ref(kind)} as (${setBits(kind, [...keys, "subject_id"], found)})`;
  });
  const set = kinds.map(
    (kind) => sql`select ${sql.lit(kind)} as kind, year, subject_id from ${sql.ref(kind)}`,
  );
  const { rows } = await sql<ChangedSubject>`
    with worked as materialized (
      select b.region_code, extract(year from b.day)::int as year, statistics_day_bit(b.day) as day_bit,
             ${sql.raw(named.join(", "))}, t.enterprise_id, t.machine_id, t.welder_id
      from ${cells} b, ${sql.raw(source.from)}
      where ${sql.raw(source.region)} = b.region_code and ${sql.raw(isOn(source, "b.day"))}
        and t.energised_at is not null
    ), ${sql.join(inserts)}
    ${sql.join(set, sql` union `)}`.execute(tx);
  for (const kind of kinds) await forgetIdle(tx, kind, masks);
  await gatherWorkers(tx, family, [...changed, ...rows]);
}

/** The days that are counted, as bits, by region and year. */
const masksOf = (cells: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select region_code, extract(year from day)::int as year, bit_or(statistics_day_bit(day)) as days
       from ${cells} d group by 1, 2)`;

async function takeAway(
  tx: Kysely<Tables>,
  kind: WorkerCount,
  masks: RawBuilder<unknown>,
): Promise<ChangedSubject[]> {
  const { rows } = await sql<ChangedSubject>`
    update ${sql.table(workersTable(kind, townships))} w
    set days = w.days & ~m.days, months = statistics_months_of(w.days & ~m.days)
    from ${masks} m
    where w.region_code = m.region_code and w.year = m.year and (w.days & m.days) <> ${sql.raw(NOBODY)}
    returning ${sql.lit(kind)} as kind, w.year, w.subject_id`.execute(tx);
  return rows;
}

/** @param found rows of the keys, each once, with the bits of `days` */
function setBits(
  kind: WorkerCount,
  keys: readonly string[],
  found: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const unique = keys.map((key) => (key === "region_code" ? "region_code text_pattern_ops" : key));
  return sql`
    insert into ${sql.table(workersTable(kind, townships))} as w (${sql.raw(keys.join(", "))}, days, months)
    select ${sql.raw(keys.map((key) => `f.${key}`).join(", "))}, f.days, statistics_months_of(f.days) from (${found}) f
    on conflict (${sql.raw(unique.join(", "))})
    do update set days = w.days | excluded.days, months = statistics_months_of(w.days | excluded.days)
    returning w.year, w.subject_id`;
}

/** Those that turn out not to have worked at all in the year. */
async function forgetIdle(tx: Kysely<Tables>, kind: WorkerCount, masks: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from ${sql.table(workersTable(kind, townships))} w using ${masks} m
    where w.region_code = m.region_code and w.year = m.year and w.days = ${sql.raw(NOBODY)}`.execute(tx);
}
