import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { dayOf, families, familyNames, familyOf } from "./families.ts";

/**
 * Notes the cells of every row that has changed since the last look. What a transaction that is still running has
 * written cannot be seen yet: the next look begins with the oldest of them, and counts some rows twice to no harm. So it may be
 * cut off, or done twice at once, between any two statements; where there are many servers, a transaction spares them that.
 */
export async function findChanges(tx: Kysely<Tables>): Promise<void> {
  // The lock makes servers take turns; a restored database may have younger transactions than it has counted.
  const { rows } = await sql<{ since: string }>`
    select case when counted_xid > pg_snapshot_xmax(pg_current_snapshot()) then '0' else counted_xid::text end as since
    from statistics_progress for update`.execute(tx);
  const { since } = rows[0]!;
  const { rows: next } = await sql<{ xid: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(tx);
  // The first time all rows there are have changed: that takes longer than a request may.
  if (since === "0") await sql`select set_config('statement_timeout', '0', true)`.execute(tx);
  for (const family of familyNames) {
    for (const source of familyOf(family).sources) {
      await sql`
        insert into statistics_changes (family, day, region_code)
        select distinct ${sql.lit(family)}, ${sql.raw(dayOf(source))}, ${sql.raw(source.region)}
        from ${sql.raw(source.from)}
        where ${sql.raw(source.xid)} >= ${since}::text::xid8 and ${sql.raw(source.at)} is not null
        order by 3, 2`.execute(tx);
    }
  }
  await resolveSubjects(tx);
  await sql`update statistics_progress set counted_xid = ${next[0]!.xid}::text::xid8`.execute(tx);
}

/** Cells of machines and firms that have become something else: every fact of theirs moves. */
async function resolveSubjects(tx: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ change_id: number; subject_id: string }>`
    select change_id, subject_id from statistics_changed_subjects`.execute(tx);
  if (rows.length === 0) return;
  const ids = [...new Set(rows.map(({ subject_id }) => subject_id))];
  const theirs = familyNames.flatMap((family) => {
    if (!("industry" in families[family].dimensions)) return [];
    return familyOf(family).sources.map((source) => {
      const machine =
        "process" in families[family].dimensions ? sql`m.machine_id = any(${ids}::uuid[]) or ` : sql``;
      return sql`select ${sql.lit(family)} as family, ${sql.raw(dayOf(source))} as day, ${sql.raw(source.region)} as region_code
        from ${sql.raw(source.from)}
        where (${machine} e.enterprise_id = any(${ids}::uuid[])) and ${sql.raw(source.at)} is not null`;
    });
  });
  await sql`
    insert into statistics_changes (family, day, region_code)
    ${sql.join(theirs, sql` union `)}
    order by family, region_code, day`.execute(tx);
  await sql`
    delete from statistics_changed_subjects
    where change_id = any(${rows.map(({ change_id }) => change_id)}::bigint[])`.execute(tx);
}
