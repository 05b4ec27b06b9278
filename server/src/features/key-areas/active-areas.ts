import type { AreaCircle, AreaGeometry } from "@hanyouxu/api";
import type { EnterpriseId, KeyAreaId, RegionCode } from "@hanyouxu/protocol";
import type { KeyAreaKind, KeyAreaPolicy, KeyAreaValidity, WorkRegime } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import type { Box } from "./geometry/measure.ts";
import { type CurrentVersionRow, currentVersions } from "./queries.ts";

/** A key area as it is now, with what decides where it is, when it counts and what it demands. No personal data. */
export interface CurrentKeyArea {
  keyAreaId: KeyAreaId;
  version: number;
  /** The state of the counter at its latest change. */
  revision: number;
  status: "active" | "abolished";
  regionCode: RegionCode;
  kind: KeyAreaKind;
  regime: WorkRegime;
  name: string;
  siteOwnerEnterpriseId: EnterpriseId | null;
  /** WGS-84, longitude first, holes after the outline; rings are closed. A circle is a polygon here too. */
  geometry: AreaGeometry;
  circle: AreaCircle | null;
  /** Around the geometry. */
  box: Box;
  /** Null: all floors and the open air. */
  floors: readonly string[] | null;
  minHeightMetres: number | null;
  maxHeightMetres: number | null;
  validity: KeyAreaValidity;
  policy: KeyAreaPolicy;
}

export interface KeyAreasAt {
  /** Everything up to this state of the counter is in `areas`; ask `areasChangedSince` with it. */
  revision: number;
  areas: CurrentKeyArea[];
}

/**
 * All active key areas, whatever their validity says of the hour: `isKeyAreaInForce` of the rules tells that.
 * @param ctx a transaction where `db` is one
 */
export async function keyAreasFor(ctx: Pick<AppContext, "db">): Promise<KeyAreasAt> {
  return await areasAt(ctx, { status: "active" });
}

/** What has changed after a state of the counter, abolished areas among it; cheap when nothing has. */
export async function areasChangedSince(ctx: Pick<AppContext, "db">, revision: number): Promise<KeyAreasAt> {
  return await areasAt(ctx, { afterRevision: revision });
}

async function areasAt(
  { db }: Pick<AppContext, "db">,
  filter: { status?: "active"; afterRevision?: number },
): Promise<KeyAreasAt> {
  // Before the areas: what is changed meanwhile is told again the next time, and never missed.
  const { revision } = await db.selectFrom("key_areas_revision").select("revision").executeTakeFirstOrThrow();
  if (filter.afterRevision !== undefined && revision <= filter.afterRevision) return { revision, areas: [] };
  const rows = await currentVersions(db)
    .$if(filter.status !== undefined, (query) => query.where("a.status", "=", filter.status!))
    .$if(filter.afterRevision !== undefined, (query) => query.where("a.revision", ">", filter.afterRevision!))
    .orderBy("a.revision")
    .execute();
  return { revision, areas: rows.map(currentAreaOf) };
}

function currentAreaOf(row: CurrentVersionRow): CurrentKeyArea {
  return {
    keyAreaId: row.key_area_id,
    version: row.version,
    revision: row.revision,
    status: row.status,
    regionCode: row.region_code,
    kind: row.kind,
    regime: row.regime,
    name: row.name,
    siteOwnerEnterpriseId: row.site_owner_enterprise_id,
    geometry: row.geometry,
    circle: row.circle,
    box: {
      westDegrees: row.west_degrees,
      southDegrees: row.south_degrees,
      eastDegrees: row.east_degrees,
      northDegrees: row.north_degrees,
    },
    floors: row.floors,
    minHeightMetres: row.min_height_metres,
    maxHeightMetres: row.max_height_metres,
    validity: row.validity,
    policy: row.policy,
  };
}
