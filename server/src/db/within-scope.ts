import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { type RawBuilder, sql } from "kysely";

/** Regions with all below them, and enterprises; or everything. */
export interface ReachedRows {
  everywhere: boolean;
  regions: readonly RegionCode[];
  enterprises: readonly EnterpriseId[];
}

/**
 * True for rows within reach. Codes of GB/T 2260 contain their parents', so a subtree is a prefix.
 * @param regionColumn, enterpriseColumns our own text such as `m.region_code`, never input; one of several
 *   enterprises within reach is enough
 */
export function withinScope(
  scope: ReachedRows,
  regionColumn: string,
  ...enterpriseColumns: readonly string[]
): RawBuilder<boolean> {
  if (scope.everywhere) return sql<boolean>`true`;
  const region = sql.ref(regionColumn);
  // One comparison a region: `like any(array)` cannot use an index on prefixes.
  const within = scope.regions.map((code) => sql`${region} like ${`${code}%`}`);
  const owned = enterpriseColumns.map(
    (column) => sql`${sql.ref(column)} = any(${[...scope.enterprises]}::uuid[])`,
  );
  return sql<boolean>`(${sql.join([...owned, ...within], sql` or `)})`;
}
