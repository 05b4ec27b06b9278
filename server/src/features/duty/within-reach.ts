import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/**
 * Which of some people may see what happens in a region: a station's ground may reach beyond the regions of its people,
 * and nobody is told what is not theirs to know.
 * @returns a question to ask for each person and region
 */
export async function withinReach(
  db: Kysely<Tables>,
  personIds: readonly PersonId[],
): Promise<(personId: PersonId, region: RegionCode) => boolean> {
  if (personIds.length === 0) return () => false;
  const rows = await db
    .selectFrom("role_grants")
    .select(["person_id", "region_code"])
    .where("role", "=", "station-staff")
    .where("region_code", "is not", null)
    .where(sql<boolean>`person_id = any(${[...personIds]}::uuid[])`)
    .execute();
  const regions = Map.groupBy(rows, ({ person_id }) => person_id);
  return (personId, region) =>
    regions.get(personId)?.some(({ region_code }) => region.startsWith(region_code!)) ?? false;
}
