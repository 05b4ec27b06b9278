import { type MapLayer, type MapLayerName, MOST_NAMED_IN_SQUARE } from "@hanyouxu/api";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions, withinScope } from "../../db/within-scope.ts";

/** Squares a side of the asked box. */
const SQUARES_A_SIDE = 16;

type Box = readonly [westDegrees: number, southDegrees: number, eastDegrees: number, northDegrees: number];

/** Whose rows of a layer, and where machines are seen, at whose place some of them stand. */
export interface LayerSight {
  scope: ReachedRows;
  machines: ReachedRows;
}

/** Of each layer its rows as id, name and place; nothing of a person. Work has its machine's id: there one sees it. */
const sources: Record<MapLayerName, (sight: LayerSight) => RawBuilder<unknown>> = {
  enterprises: ({ scope, machines }) => sql`
    select e.enterprise_id::text as id, e.name, coalesce(e.latitude_degrees, w.latitude_degrees) as lat,
           coalesce(e.longitude_degrees, w.longitude_degrees) as lon
    from enterprises e left join (
      select m.enterprise_id, avg(m.home_latitude_degrees) as latitude_degrees,
             avg(m.home_longitude_degrees) as longitude_degrees
      from machines m where ${withinScope(machines, "m.region_code", "m.enterprise_id")} group by m.enterprise_id
    ) w on w.enterprise_id = e.enterprise_id
    where e.status = 'active' and ${withinScope(scope, "e.region_code", "e.enterprise_id")}`,
  workSessions: ({ scope, machines }) => sql`
    select m.machine_id::text as id, m.name, coalesce(t.latitude_degrees, m.home_latitude_degrees) as lat,
           coalesce(t.longitude_degrees, m.home_longitude_degrees) as lon
    from work_sessions s join machines m on m.machine_id = s.machine_id
    left join twins t on t.chip_id = m.chip_id
    where s.status = 'energised' and ${withinScope(scope, "m.region_code", "m.enterprise_id")}
      and ${withinScope(machines, "m.region_code", "m.enterprise_id")}`,
  fireStations: ({ scope }) => sql`
    select s.fire_station_id::text as id, s.name, s.latitude_degrees as lat, s.longitude_degrees as lon
    from fire_stations s where s.is_active and ${withinRegions(scope, "s.region_code")}`,
  permits: ({ scope }) => sql`
    select h.permit_id::text as id, h.permit_number as name, h.latitude_degrees as lat, h.longitude_degrees as lon
    from hot_work_permits h where h.status = 'approved'
      and ${withinScope(scope, "h.region_code", "h.site_owner_enterprise_id", "h.contractor_enterprise_id")}`,
  alarms: ({ scope, machines }) => sql`
    select a.alarm_id::text as id, coalesce(m.name, '') as name, coalesce(a.latitude_degrees, m.lat) as lat,
           coalesce(a.longitude_degrees, m.lon) as lon
    from alarms a left join (
      select m.machine_id, m.name, coalesce(t.latitude_degrees, m.home_latitude_degrees) as lat,
             coalesce(t.longitude_degrees, m.home_longitude_degrees) as lon
      from machines m left join twins t on t.chip_id = m.chip_id
      where ${withinScope(machines, "m.region_code", "m.enterprise_id")}
    ) m on m.machine_id = a.machine_id
    where coalesce(a.closed_at, 'infinity') = 'infinity' and a.handling <> 'recorded'
      and ${withinScope(scope, "a.region_code", "a.enterprise_id", "a.site_owner_enterprise_id")}`,
};

interface Square {
  count: number;
  lat: number;
  lon: number;
  ids: string[];
  names: string[];
}

/** What of a layer lies in a box, counted in squares; each with its first rows by name. */
export async function selectLayer(
  db: Kysely<Tables>,
  layer: MapLayerName,
  sight: LayerSight,
  [west, south, east, north]: Box,
): Promise<MapLayer> {
  const width = Math.max(east - west, 1e-9) / SQUARES_A_SIDE;
  const height = Math.max(north - south, 1e-9) / SQUARES_A_SIDE;
  const { rows } = await sql<Square>`
    select count(*)::int as count, avg(lat) as lat, avg(lon) as lon,
           (array_agg(id order by name, id))[1:${MOST_NAMED_IN_SQUARE}::int] as ids,
           (array_agg(name order by name, id))[1:${MOST_NAMED_IN_SQUARE}::int] as names
    from (${sources[layer](sight)}) r
    where lat >= ${south} and lat <= ${north} and lon >= ${west} and lon <= ${east}
    group by floor((lon - ${west}) / ${width}), floor((lat - ${south}) / ${height})
    order by count desc, ids`.execute(db);
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    squares: rows.map(({ count, lat, lon, ids, names }) => ({
      count,
      place: { latitudeDegrees: lat, longitudeDegrees: lon },
      items: ids.map((id, index) => ({ id, name: names[index]! })),
    })),
  };
}
