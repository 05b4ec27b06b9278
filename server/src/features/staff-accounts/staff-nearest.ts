import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** GB/T 2260 and GB/T 10114: province, prefecture, county, township. */
const CODE_LENGTHS = [2, 4, 6, 9] as const;

/** How many levels of the region tree lie above a region. */
export function levelsAbove(region: RegionCode): number {
  const own = CODE_LENGTHS.findIndex((length) => length >= region.length);
  return own === -1 ? CODE_LENGTHS.length - 1 : own;
}

/** The own region at level 0, its parent at level 1, and so on up to the province. */
export function callRegion(region: RegionCode, level: number): RegionCode {
  return region.slice(0, CODE_LENGTHS[Math.max(0, levelsAbove(region) - level)]) as RegionCode;
}

/**
 * Who answers for a place: staff whose region contains it and lies within `called`; where there are none, the nearest
 * level above that has some. Nobody is told who answers for a whole province because a township has its own.
 */
export async function staffNearest(
  db: Kysely<Tables>,
  place: RegionCode,
  called: RegionCode,
  roles: readonly string[],
): Promise<PersonId[]> {
  const rows = await db
    .selectFrom("role_grants")
    .select(["person_id", "region_code"])
    .where("role", "in", [...roles])
    .where("enterprise_id", "is", null)
    .where("region_code", "is not", null)
    .where(sql<boolean>`${place} like region_code || '%'`)
    .execute();
  const within = rows.filter(({ region_code }) => region_code!.startsWith(called));
  const above = Math.max(0, ...rows.map(({ region_code }) => region_code!.length));
  const found = within.length > 0 ? within : rows.filter(({ region_code }) => region_code!.length === above);
  return [...new Set(found.map(({ person_id }) => person_id))];
}
