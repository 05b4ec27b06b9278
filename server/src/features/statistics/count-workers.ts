import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type FactFamily, isBetween } from "./families.ts";
import { type WorkerCount, workerCounts } from "./measures.ts";
import { COUNTY_DIGITS, isWithinCounty } from "./roll-ups.ts";

const NOBODY = "repeat('0', 372)::bit(372)";
const hasNone = (days: string): string => `${days} = ${NOBODY}`;

/**
 * Who worked on the days of `cells`: their bits are taken away and set anew from the rows, in townships and in counties.
 * @param family of work sessions
 */
export async function countWorkers(
  tx: Kysely<Tables>,
  family: FactFamily,
  cells: RawBuilder<unknown>,
): Promise<void> {
  const source = family.sources[0]!;
  const columns = Object.keys(family.dimensions);
  const dimensions = Object.values(family.dimensions);
  for (const [subjects, column] of Object.entries(workerCounts) as [WorkerCount, string][]) {
    const table = workersTable(subjects);
    const counties = workersTable(subjects, { isOfCounties: true });
    await setAnew(
      tx,
      table,
      ["region_code", "year", ...columns, "subject_id"],
      masksOf(cells, "region_code"),
      sql`
        select b.region_code, extract(year from b.day)::int as year, ${sql.raw(dimensions.map((dimension, at) => `${dimension} as ${columns[at]}`).join(", "))},
               t.${sql.raw(column)} as subject_id, bit_or(statistics_day_bit(b.day)) as days
        from ${cells} b, ${sql.raw(source.from)}
        where ${sql.raw(source.region)} = b.region_code and ${sql.raw(isBetween(source, "b.day", "(b.day + 1)"))}
          and t.energised_at is not null
        group by ${sql.raw(["b.region_code", "2", ...dimensions, `t.${column}`].join(", "))}`,
    );
    const countyMasks = masksOf(cells, `left(region_code, ${COUNTY_DIGITS})`);
    await setAnew(
      tx,
      counties,
      ["region_code", "year", "subject_id"],
      countyMasks,
      sql`
        select m.region_code, m.year, w.subject_id, bit_or(w.days & m.days) as days
        from ${countyMasks} m join ${sql.table(table)} w
          on ${sql.raw(isWithinCounty("w.region_code", "m.region_code"))} and w.year = m.year
        where not ${sql.raw(hasNone("(w.days & m.days)"))}
        group by m.region_code, m.year, w.subject_id`,
    );
  }
}

export const workersTable = (subjects: WorkerCount, { isOfCounties = false } = {}): string =>
  `statistics_working_${subjects}${isOfCounties ? "_counties" : ""}`;

/** The days that are counted, as bits, by region and year. */
const masksOf = (cells: RawBuilder<unknown>, region: string): RawBuilder<unknown> =>
  sql`(select ${sql.raw(region)} as region_code, extract(year from day)::int as year, bit_or(statistics_day_bit(day)) as days
       from ${cells} d group by 1, 2)`;

async function setAnew(
  tx: Kysely<Tables>,
  table: string,
  keys: readonly string[],
  masks: RawBuilder<unknown>,
  found: RawBuilder<unknown>,
): Promise<void> {
  const into = sql.table(table);
  await sql`
    update ${into} w set days = w.days & ~m.days, months = statistics_months_of(w.days & ~m.days)
    from ${masks} m
    where w.region_code = m.region_code and w.year = m.year and not ${sql.raw(hasNone("(w.days & m.days)"))}`.execute(
    tx,
  );
  await sql`
    insert into ${into} as w (${sql.raw(keys.join(", "))}, days, months)
    select ${sql.raw(keys.map((key) => `f.${key}`).join(", "))}, f.days, statistics_months_of(f.days) from (${found}) f
    on conflict (${sql.raw(keys.map((key) => (key === "region_code" ? "region_code text_pattern_ops" : key)).join(", "))})
    do update set days = w.days | excluded.days, months = statistics_months_of(w.days | excluded.days)`.execute(tx);
  await sql`
    delete from ${into} w using ${masks} m
    where w.region_code = m.region_code and w.year = m.year and ${sql.raw(hasNone("w.days"))}`.execute(tx);
}
