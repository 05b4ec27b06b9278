import { type RawBuilder, sql } from "kysely";

/**
 * True for regions that the platform serves: those in which some role of staff holds. The tree holds the whole country,
 * of which nobody wants to choose.
 * @param regionColumn our own text such as `r.region_code`, never input
 */
export function isServed(regionColumn: string): RawBuilder<boolean> {
  const region = sql.ref(regionColumn);
  return sql<boolean>`exists (select from role_grants g where left(${region}, length(g.region_code)) = g.region_code)`;
}
