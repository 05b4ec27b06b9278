import { METRES_PER_DEGREE } from "@hanyouxu/protocol";
import Flatbush from "flatbush";
import type { FenceArea } from "./fence-shape.ts";
import { PreparedAreas } from "./prepared-areas.ts";

const RADIANS = Math.PI / 180;

export interface NearArea {
  key: string;
  /** Metres to the area's edge: positive inside, negative outside. */
  metresInside: number;
}

export interface AreaCheck extends NearArea {
  /** Unsure: the circle of the fix's error crosses the edge. */
  verdict: "inside" | "unsure";
}

/** Which of many areas a place is in, or near: a packed R-tree (flatbush) over prepared edges. Never changed once built. */
export class AreaIndex {
  readonly #keys: readonly string[];
  readonly #areas: PreparedAreas;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #tree: Flatbush | undefined;

  constructor(areas: readonly FenceArea[]) {
    this.#keys = areas.map(({ key }) => key);
    this.#areas = new PreparedAreas(areas);
    this.#numbers = new Map(this.#keys.map((key, number) => [key, number]));
    if (areas.length === 0) return;
    const tree = new Flatbush(areas.length);
    for (const [west, south, east, north] of this.#areas.bounds) tree.add(west, south, east, north);
    tree.finish();
    this.#tree = tree;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Areas within `reachMetres` of a place, those it is in included. */
  near(latitudeDegrees: number, longitudeDegrees: number, reachMetres: number): NearArea[] {
    const found: NearArea[] = [];
    if (!this.#tree) return found;
    const northDegrees = reachMetres / METRES_PER_DEGREE;
    const eastDegrees = northDegrees / Math.cos(latitudeDegrees * RADIANS);
    const numbers = this.#tree.search(
      longitudeDegrees - eastDegrees,
      latitudeDegrees - northDegrees,
      longitudeDegrees + eastDegrees,
      latitudeDegrees + northDegrees,
    );
    for (const number of numbers) {
      const metresInside = this.#areas.metresInside(number, latitudeDegrees, longitudeDegrees);
      if (metresInside >= -reachMetres) found.push({ key: this.#keys[number]!, metresInside });
    }
    return found;
  }

  /** What one fix alone says: every area that it is in or may be in. All others it is outside of. */
  check(latitudeDegrees: number, longitudeDegrees: number, accuracyMetres: number): AreaCheck[] {
    return this.near(latitudeDegrees, longitudeDegrees, accuracyMetres).map((area) => ({
      ...area,
      verdict: area.metresInside >= accuracyMetres ? "inside" : "unsure",
    }));
  }

  /** Metres from a place to one area's edge, positive inside; undefined when there is no such area. */
  metresInside(key: string, latitudeDegrees: number, longitudeDegrees: number): number | undefined {
    const number = this.#numbers.get(key);
    return number === undefined
      ? undefined
      : this.#areas.metresInside(number, latitudeDegrees, longitudeDegrees);
  }
}
