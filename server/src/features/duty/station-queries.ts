import type { RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql, type Updateable } from "kysely";
import type { FireStationsTable } from "../../db/tables/duty.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";
import type { MappedStation } from "./station-map.ts";

type Db = Kysely<Tables>;

export async function selectStationVersion(db: Db): Promise<number> {
  const row = await db.selectFrom("fire_station_changes").select("version").executeTakeFirstOrThrow();
  return Number(row.version);
}

/** Before any change of a station: changes come one after another. */
export async function nextStationVersion(tx: Db): Promise<void> {
  await sql`update fire_station_changes set version = version + 1`.execute(tx);
}

export async function selectStationsForMap(db: Db): Promise<MappedStation[]> {
  const rows = await db.selectFrom("fire_stations").selectAll().where("is_active", "=", true).execute();
  return rows.map((row) => ({
    fireStationId: row.fire_station_id,
    name: row.name,
    phone: row.phone,
    region: row.region_code,
    place: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    areaRegions: row.area_regions,
    areaGeometry: row.area_geometry,
    kinds: row.kinds,
  }));
}

export interface StationFilter {
  fireStationId?: string;
  scope?: ReachedRows;
  region?: string | undefined;
  text?: string | undefined;
}

function stationsMatching(db: Db, { fireStationId, scope, region, text }: StationFilter) {
  return db
    .selectFrom("fire_stations as s")
    .innerJoin("regions as r", "r.region_code", "s.region_code")
    .$if(scope !== undefined, (query) => query.where(withinRegions(scope!, "s.region_code")))
    .$if(fireStationId !== undefined, (query) => query.where("s.fire_station_id", "=", fireStationId!))
    .$if(region !== undefined, (query) => query.where("s.region_code", "like", `${region}%` as RegionCode))
    .$if(text !== undefined && text !== "", (query) =>
      query.where(sql<boolean>`strpos(lower(s.name), lower(${text})) > 0`),
    );
}

export async function selectStations(db: Db, filter: StationFilter, limit: number, offset: number) {
  return await stationsMatching(db, filter)
    .selectAll("s")
    .select("r.name as region_name")
    .orderBy("s.is_active", "desc")
    .orderBy("s.region_code")
    .orderBy("s.name")
    .orderBy("s.fire_station_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type StationRow = Awaited<ReturnType<typeof selectStations>>[number];

export async function countStations(db: Db, filter: StationFilter): Promise<number> {
  const row = await stationsMatching(db, filter)
    .select((on) => on.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertStation(tx: Db, row: Insertable<FireStationsTable>): Promise<void> {
  await tx.insertInto("fire_stations").values(row).execute();
}

export async function updateStation(
  tx: Db,
  fireStationId: string,
  change: Updateable<FireStationsTable>,
): Promise<void> {
  await tx.updateTable("fire_stations").set(change).where("fire_station_id", "=", fireStationId).execute();
}
