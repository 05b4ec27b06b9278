import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { FactFamily } from "./families.ts";
import type { WorkerCount } from "./measures.ts";
import { gathered, workersTable } from "./working-tables.ts";

/** A firm, machine or welder whose days in a year may have changed. */
export interface ChangedSubject {
  kind: WorkerCount;
  year: number;
  subject_id: string;
}

/**
 * Their rows by county, prefecture and province anew, from those by township, which must be right already. Nobody
 * else's are touched: a single session does not count a county again.
 * @param family of work sessions
 */
export async function gatherWorkers(
  tx: Kysely<Tables>,
  family: FactFamily,
  changed: readonly ChangedSubject[],
): Promise<void> {
  for (const of of Map.groupBy(changed, ({ kind, year }) => `${kind} ${year}`).values()) {
    const { kind, year } = of[0]!;
    const ids = new Set(of.map(({ subject_id }) => subject_id));
    for (const { suffix, digits, hasColumns, from } of gathered) {
      const columns = hasColumns ? Object.keys(family.dimensions) : [];
      const table = sql.table(workersTable(kind, { suffix }));
      const theirs = sql`subject_id = any(${[...ids]}::uuid[]) and year = ${year}`;
      const keys = ["subject_id", "year", "region_code", ...columns];
      const isSame = columns.map((column) => `f.${column} is not distinct from w.${column}`);
      const grouped = ["subject_id", "year", `left(region_code, ${digits})`, ...columns].join(", ");
      await sql`
        with found as materialized (
          select ${sql.raw(["subject_id", "year", `left(region_code, ${digits}) as region_code`, ...columns].join(", "))},
                 bit_or(days) as days
          from ${sql.table(workersTable(kind, from))} where ${theirs} group by ${sql.raw(grouped)}),
        gone as (
          delete from ${table} w where ${theirs} and not exists (
            select from found f
            where ${sql.raw(["f.subject_id = w.subject_id", "f.region_code = w.region_code", ...isSame].join(" and "))}))
        insert into ${table} as w (${sql.raw(keys.join(", "))}, days, months)
        select ${sql.raw(keys.join(", "))}, days, statistics_months_of(days) from found
        on conflict (${sql.raw(keys.join(", "))})
        do update set days = excluded.days, months = excluded.months where w.days <> excluded.days`.execute(
        tx,
      );
    }
  }
}
