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
 *   enterprises within reach is enough, rows of no enterprise have none
 */
export function withinScope(
  scope: ReachedRows,
  regionColumn: string,
  ...enterpriseColumns: readonly string[]
): RawBuilder<boolean> {
  if (scope.everywhere) return sql<boolean>`true`;
  const owned = enterpriseColumns.map(
    (column) => sql`${sql.ref(column)} = any(${[...scope.enterprises]}::uuid[])`,
  );
  return sql<boolean>`(${sql.join([...owned, withinRegions(scope, regionColumn)], sql` or `)})`;
}

/** True for rows within the regions of a reach, for what no enterprise owns. @param regionColumn our own text, never input */
export function withinRegions(
  scope: Pick<ReachedRows, "everywhere" | "regions">,
  regionColumn: string,
): RawBuilder<boolean> {
  if (scope.everywhere) return sql<boolean>`true`;
  // One comparison a region: `like any(array)` cannot use an index on prefixes.
  const within = scope.regions.map((code) => sql`${sql.ref(regionColumn)} like ${`${code}%`}`);
  return within.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(within, sql` or `)})`;
}
