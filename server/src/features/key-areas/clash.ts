import type { KeyAreaId } from "@hanyouxu/protocol";
import type { KeyAreaValidity } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { CheckedArea } from "./check-area.ts";
import { type Box, boxOf } from "./geometry/measure.ts";
import { boxesOverlap, type OverlapPlace, overlapOf } from "./geometry/overlap.ts";
import { currentVersions } from "./queries.ts";

/** What of an area tells whether another may lie where it lies. */
type Extent = Pick<
  CheckedArea,
  "name" | "kind" | "geometry" | "floors" | "minHeightMetres" | "maxHeightMetres" | "validity"
>;

interface Neighbour extends Extent {
  keyAreaId: KeyAreaId;
  box: Box;
}

/** Two areas of one kind for the same ground, floor and time. */
export interface Clash {
  keyAreaId: KeyAreaId;
  name: string;
  place: OverlapPlace;
}

/** Active areas of some kinds around a place, beside which new ones are held. */
export class Neighbours {
  readonly #areas: Neighbour[];

  private constructor(areas: Neighbour[]) {
    this.#areas = areas;
  }

  /** Those of the kinds and around the places of `areas`. @param tx after `nextRevision`, so that nobody adds another */
  static async around(tx: Kysely<Tables>, areas: readonly Extent[]): Promise<Neighbours> {
    if (areas.length === 0) return new Neighbours([]);
    const kinds = [...new Set(areas.map(({ kind }) => kind))];
    const boxes = areas.map(({ geometry }) => boxOf(geometry));
    const rows = await currentVersions(tx)
      .where("a.status", "=", "active")
      .where("a.kind", "in", kinds)
      .where("a.south_degrees", "<", Math.max(...boxes.map(({ northDegrees }) => northDegrees)))
      .where("a.north_degrees", ">", Math.min(...boxes.map(({ southDegrees }) => southDegrees)))
      .where("a.west_degrees", "<", Math.max(...boxes.map(({ eastDegrees }) => eastDegrees)))
      .where("a.east_degrees", ">", Math.min(...boxes.map(({ westDegrees }) => westDegrees)))
      .orderBy("a.key_area_id")
      .execute();
    return new Neighbours(
      rows.map((row) => ({
        keyAreaId: row.key_area_id,
        name: row.name,
        kind: row.kind,
        geometry: row.geometry,
        floors: row.floors,
        minHeightMetres: row.min_height_metres,
        maxHeightMetres: row.max_height_metres,
        validity: row.validity,
        box: boxOf(row.geometry),
      })),
    );
  }

  add(keyAreaId: KeyAreaId, area: Extent): void {
    this.#areas.push({ ...area, keyAreaId, box: boxOf(area.geometry) });
  }

  /** @param except the area that is changed */
  clashOf(area: Extent, except?: KeyAreaId): Clash | undefined {
    const box = boxOf(area.geometry);
    for (const other of this.#areas) {
      if (other.keyAreaId === except || !boxesOverlap(box, other.box) || !meet(area, other)) continue;
      const place = overlapOf(area.geometry, other.geometry);
      if (place) return { keyAreaId: other.keyAreaId, name: other.name, place };
    }
    return undefined;
  }
}

/** Of one kind, on a common floor, at common heights, at some common time. */
function meet(area: Extent, other: Extent): boolean {
  return (
    area.kind === other.kind &&
    shareFloor(area.floors, other.floors) &&
    rangesMeet(
      [area.minHeightMetres, area.maxHeightMetres],
      [other.minHeightMetres, other.maxHeightMetres],
    ) &&
    rangesMeet(timesOf(area.validity), timesOf(other.validity))
  );
}

function shareFloor(floors: readonly string[] | null, others: readonly string[] | null): boolean {
  return floors === null || others === null || floors.some((floor) => others.includes(floor));
}

type Range = readonly [from: number | null, until: number | null];

function rangesMeet([from, until]: Range, [otherFrom, otherUntil]: Range): boolean {
  return (from ?? -Infinity) < (otherUntil ?? Infinity) && (otherFrom ?? -Infinity) < (until ?? Infinity);
}

function timesOf({ from, until }: KeyAreaValidity): Range {
  return [from === null ? null : Date.parse(from), until === null ? null : Date.parse(until)];
}
