import { type RawBuilder, sql } from "kysely";

/** Digits of a code at each level of the tree: province, prefecture, county, township (GB/T 2260, GB/T 10114). */
const CODE_LENGTHS = [2, 4, 6, 9];

/**
 * True for regions that the platform serves: those in which some role of staff holds. The tree holds the whole country,
 * of which nobody wants to choose. Each level looks a prefix up in one hashed list: comparing every region with every
 * role takes the embedded database half a minute.
 * @param regionColumn our own text such as `r.region_code`, never input
 */
export function isServed(regionColumn: string): RawBuilder<boolean> {
  const region = sql.ref(regionColumn);
  const levels = CODE_LENGTHS.map(
    (length) =>
      sql`left(${region}, ${sql.lit(length)}) in (select g.region_code from role_grants g where g.region_code is not null)`,
  );
  return sql<boolean>`(${sql.join(levels, sql` or `)})`;
}
