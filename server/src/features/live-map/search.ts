import type { MapHit, MapHitKind } from "@hanyouxu/api";
import { formatMachineCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { selectKeyAreas } from "../key-areas/key-areas.ts";
import type { Scope } from "../sign-in/sign-in.ts";
import type { MachineColumns } from "./machine-columns.ts";
import { type MapSight, Matcher } from "./matcher.ts";
import { type Found, findEnterprises, findFireStations, findMachines, findRegions } from "./page-queries.ts";

/** So many of a kind at most: who does not find it writes more of it. */
const MOST_OF_A_KIND = 8;

export interface SearchSight extends MapSight {
  enterprises: Scope;
  keyAreas: Scope;
  fireStations: Scope;
  /** Whose regions these are. */
  regions: Scope;
}

/** What a word stands for, within what the person sees, each with its place on the map. */
export async function searchMap(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  columns: MachineColumns,
  sight: SearchSight,
  text: string,
): Promise<MapHit[]> {
  const most = MOST_OF_A_KIND;
  const found = await Promise.all([
    findMachines(db, sight.machines, text, most).then((rows) => machineHits(rows)),
    findEnterprises(db, sight.enterprises, sight.machines, text, most).then(hitsOf("enterprise")),
    findRegions(db, sight.regions, text, most).then(hitsOf("region")),
    findAreas(),
    findFireStations(db, sight.fireStations, text, most).then(hitsOf("fireStation")),
  ]);
  return found.flat();

  function machineHits(rows: Awaited<ReturnType<typeof findMachines>>): MapHit[] {
    const matcher = new Matcher(columns, sight, {}, clock.nowMs());
    return rows.map(({ machine_id, name, machine_code, enterprise_name }) => {
      const row = columns.rowOf(machine_id);
      const isShown = row !== undefined && columns.at.isPlaced[row] === 1 && matcher.matches(row);
      const machine = isShown ? matcher.machineAt(row) : undefined;
      return {
        kind: "machine",
        id: machine_id,
        name,
        detail: `${formatMachineCode(machine_code)} · ${enterprise_name}`,
        place: machine
          ? { longitudeDegrees: machine.longitudeDegrees, latitudeDegrees: machine.latitudeDegrees }
          : null,
      };
    });
  }

  async function findAreas(): Promise<MapHit[]> {
    const filter = { scope: sight.keyAreas, status: "active" as const, text };
    const rows = await selectKeyAreas(db, filter, "name", { limit: most, offset: 0 });
    return rows.map((row) => ({
      kind: "keyArea",
      id: row.key_area_id,
      name: row.name,
      detail: row.address ?? row.region_name,
      place: {
        longitudeDegrees: (row.west_degrees + row.east_degrees) / 2,
        latitudeDegrees: (row.south_degrees + row.north_degrees) / 2,
      },
    }));
  }
}

function hitsOf(kind: MapHitKind): (rows: readonly Found[]) => MapHit[] {
  return (rows) =>
    rows.map(({ id, name, detail, longitude_degrees, latitude_degrees }) => ({
      kind,
      id,
      name,
      detail,
      place:
        longitude_degrees === null || latitude_degrees === null
          ? null
          : { longitudeDegrees: longitude_degrees, latitudeDegrees: latitude_degrees },
    }));
}
