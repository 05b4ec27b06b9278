import type { AreaGeometry, DutyKind } from "@hanyouxu/api";
import type { Position, RegionCode } from "@hanyouxu/protocol";
import { distanceMetres } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { AreaIndex } from "../../fence/area-index.ts";
import { selectStationsForMap, selectStationVersion } from "./station-queries.ts";

type Place = Pick<Position, "latitudeDegrees" | "longitudeDegrees">;

export interface MappedStation {
  fireStationId: string;
  name: string;
  phone: string;
  region: RegionCode;
  place: Place;
  areaRegions: readonly RegionCode[];
  areaGeometry: AreaGeometry | null;
  kinds: readonly DutyKind[];
}

/** The active fire stations and their ground in this process's memory; the counter of changes is looked at first. */
export class StationMap {
  #version = -1;
  #stations: ReadonlyMap<string, MappedStation> = new Map();
  #index = new AreaIndex([]);

  async follow(db: Kysely<Tables>): Promise<void> {
    const version = await selectStationVersion(db);
    if (version === this.#version) return;
    const stations = await selectStationsForMap(db);
    this.#version = version;
    this.#stations = new Map(stations.map((station) => [station.fireStationId, station]));
    this.#index = new AreaIndex(
      stations.flatMap(({ fireStationId, areaGeometry }) =>
        areaGeometry === null ? [] : [{ key: fireStationId, shape: shapeOf(areaGeometry) }],
      ),
    );
  }

  /**
   * Who answers for a place: the station whose drawn ground holds it, else the one of the nearest region at or above the
   * place's. Of several the one that handles the kind, then the nearest.
   */
  responsible(region: string, place: Place | null, kind: DutyKind): MappedStation | undefined {
    const drawn = place
      ? this.#index
          .near(place.latitudeDegrees, place.longitudeDegrees, 0)
          .map(({ key }) => this.#stations.get(key)!)
      : [];
    if (drawn.length > 0) return this.#best(drawn, place, kind);
    const reaching = [...this.#stations.values()].flatMap((station) => {
      const lengths = station.areaRegions.filter((own) => region.startsWith(own)).map((own) => own.length);
      return lengths.length === 0 ? [] : [{ station, depth: Math.max(...lengths) }];
    });
    const depth = Math.max(0, ...reaching.map((one) => one.depth));
    return this.#best(
      reaching.filter((one) => one.depth === depth).map(({ station }) => station),
      place,
      kind,
    );
  }

  /** The other stations of the county around a place, the nearest first; without a place by name. */
  neighbours(of: string | undefined, region: string, place: Place | null): MappedStation[] {
    const county = region.slice(0, 6);
    const others = [...this.#stations.values()].filter(
      (station) => station.fireStationId !== of && station.region.startsWith(county),
    );
    return sortedByDistance(others, place ?? (of === undefined ? null : this.#stations.get(of)!.place));
  }

  #best(stations: readonly MappedStation[], place: Place | null, kind: DutyKind): MappedStation | undefined {
    const qualified = stations.filter(({ kinds }) => kinds.includes(kind));
    return sortedByDistance(qualified.length > 0 ? qualified : stations, place)[0];
  }
}

function sortedByDistance(stations: readonly MappedStation[], place: Place | null): MappedStation[] {
  const metres = (station: MappedStation) => (place ? distanceMetres(place, station.place) : 0);
  return stations.toSorted(
    (left, right) => metres(left) - metres(right) || left.fireStationId.localeCompare(right.fireStationId),
  );
}

function shapeOf(geometry: AreaGeometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { kind: "polygons" as const, polygons };
}
