import { type Kysely, sql } from "kysely";
import { hasOneConnection } from "./pglite-dialect.ts";
import type { Tables } from "./tables.ts";

/**
 * What autovacuum does on a PostgreSQL server, by its default thresholds (PostgreSQL documentation, "The Autovacuum
 * Daemon"): PGlite is one process and has no such daemon. Without it a table whose rows are written again and again
 * grows for ever, and nothing is known of what tables hold. Each table is a statement of its own, so that nobody waits for
 * more than one. A database on a server is left to that.
 * @returns the tables that were tidied, those with the most dead rows first
 */
export async function tidyEmbedded({ db }: { db: Kysely<Tables> }): Promise<string[]> {
  if (!hasOneConnection(db)) return [];
  // Counts are told once a second of the real clock; asked for now, they are the same in every run of a simulation.
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ table: string; wantsVacuum: boolean }>`
    select format('%I.%I', s.schemaname, s.relname) as "table",
           s.n_dead_tup > 50 + 0.2 * rows.many or s.n_ins_since_vacuum > 1000 + 0.2 * rows.many as "wantsVacuum"
    from pg_stat_all_tables s
    join pg_class c on c.oid = s.relid
    cross join lateral (select greatest(c.reltuples, 0) as many) rows
    where s.schemaname !~ '^pg_(toast|temp)' and c.relkind = 'r'
      and (s.n_dead_tup > 50 + 0.2 * rows.many or s.n_ins_since_vacuum > 1000 + 0.2 * rows.many
           or s.n_mod_since_analyze > 50 + 0.1 * rows.many)
    order by s.n_dead_tup desc, s.relid`.execute(db);
  for (const { table, wantsVacuum } of rows)
    await sql.raw(`${wantsVacuum ? "vacuum (analyze)" : "analyze"} ${table}`).execute(db);
  return rows.map(({ table }) => table);
}
