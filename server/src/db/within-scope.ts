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
 * @param regionColumn, enterpriseColumn our own text such as `m.region_code`, never input; rows of no enterprise have none
 */
export function withinScope(
  scope: ReachedRows,
  regionColumn: string,
  enterpriseColumn?: string,
): RawBuilder<boolean> {
  if (scope.everywhere) return sql<boolean>`true`;
  const region = sql.ref(regionColumn);
  // One comparison a region: `like any(array)` cannot use an index on prefixes.
  const within = scope.regions.map((code) => sql`${region} like ${`${code}%`}`);
  const owned =
    enterpriseColumn === undefined
      ? sql`false`
      : sql`${sql.ref(enterpriseColumn)} = any(${[...scope.enterprises]}::uuid[])`;
  return sql<boolean>`(${sql.join([owned, ...within], sql` or `)})`;
}
