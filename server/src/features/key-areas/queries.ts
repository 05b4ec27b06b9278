import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** Every key area beside its current version. */
export function currentVersions(db: Kysely<Tables>) {
  return db
    .selectFrom("key_areas as a")
    .innerJoin("key_area_versions as v", (join) =>
      join.onRef("v.key_area_id", "=", "a.key_area_id").onRef("v.version", "=", "a.version"),
    )
    .select([
      "a.key_area_id",
      "a.version",
      "a.revision",
      "a.status",
      "a.region_code",
      "a.kind",
      "a.name",
      "a.site_owner_enterprise_id",
      "a.west_degrees",
      "a.south_degrees",
      "a.east_degrees",
      "a.north_degrees",
      "v.regime",
      "v.address",
      "v.geometry",
      "v.circle",
      "v.floors",
      "v.min_height_metres",
      "v.max_height_metres",
      "v.validity",
      "v.policy",
      "v.changed_at",
    ]);
}
