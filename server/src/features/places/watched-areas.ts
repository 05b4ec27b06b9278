import type { RegionCode } from "@hanyouxu/protocol";
import { defaultStartPolicy, isKeyAreaInForce, type StartPolicy } from "@hanyouxu/rules";
import { sql } from "kysely";
import type { AppContext } from "../../context.ts";
import { policyFrom, policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import { AreaIndex } from "../../fence/area-index.ts";
import type { FenceShape } from "../../fence/fence-shape.ts";
import { areasChangedSince, type CurrentKeyArea } from "../key-areas/key-areas.ts";

/**
 * The active key areas in this process's memory, indexed. Every server has its own and follows the counter of changes;
 * what is decided on looks at the counter first.
 */
export class WatchedAreas {
  #areas: ReadonlyMap<string, CurrentKeyArea> = new Map();
  #policies: ReadonlyMap<RegionCode, StartPolicy> = new Map();
  index = new AreaIndex([]);
  /** Everything up to this state of the counter is known. */
  revision = 0;

  get(keyAreaId: string): CurrentKeyArea | undefined {
    return this.#areas.get(keyAreaId);
  }

  /** The area while it counts as one: active, and within its time. */
  inForce(keyAreaId: string, atMs: number): CurrentKeyArea | undefined {
    const area = this.#areas.get(keyAreaId);
    return area && isKeyAreaInForce(area.validity, atMs) ? area : undefined;
  }

  /** Whether two areas have ground in common, as far as a corner of one lies in the other. */
  mayTouch(one: string, other: string): boolean {
    return this.#hasCornerIn(one, other) || this.#hasCornerIn(other, one);
  }

  #hasCornerIn(key: string, of: string): boolean {
    const area = this.#areas.get(key);
    if (!area) return false;
    const { type, coordinates } = area.geometry;
    const rings = type === "Polygon" ? coordinates : coordinates.flat();
    return rings.some((ring) =>
      ring.some(([longitude, latitude]) => (this.index.metresInside(of, latitude, longitude) ?? -1) >= 0),
    );
  }

  /** The numbers of the area's region. */
  policyAt(keyAreaId: string | undefined): StartPolicy {
    const area = keyAreaId === undefined ? undefined : this.#areas.get(keyAreaId);
    return (area && this.#policies.get(area.regionCode)) ?? defaultStartPolicy;
  }

  get regions(): RegionCode[] {
    return [...new Set([...this.#areas.values()].map(({ regionCode }) => regionCode))];
  }

  takePolicies(policies: ReadonlyMap<RegionCode, StartPolicy>): void {
    this.#policies = policies;
  }

  takeChanges(revision: number, changed: readonly CurrentKeyArea[]): void {
    // Two that looked at once may come in any order.
    if (revision < this.revision) return;
    this.revision = revision;
    if (changed.length === 0) return;
    const areas = new Map(this.#areas);
    for (const area of changed) {
      if (area.status === "active") areas.set(area.keyAreaId, area);
      else areas.delete(area.keyAreaId);
    }
    this.#areas = areas;
    this.index = new AreaIndex(
      [...areas.values()].map((area) => ({ key: area.keyAreaId, shape: shapeOf(area) })),
    );
  }
}

export function shapeOf({ geometry, circle }: Pick<CurrentKeyArea, "geometry" | "circle">): FenceShape {
  if (circle) {
    const [longitudeDegrees, latitudeDegrees] = circle.centre;
    return { kind: "circle", longitudeDegrees, latitudeDegrees, radiusMetres: circle.radiusMetres };
  }
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { kind: "polygons", polygons };
}

/** Learns what has changed since the last time, numbers of regions included. Cheap when nothing has. */
export async function followKeyAreas(ctx: Pick<AppContext, "db" | "clock" | "watchedAreas">): Promise<void> {
  const { watchedAreas } = ctx;
  const { revision, areas } = await areasChangedSince(ctx, watchedAreas.revision);
  watchedAreas.takeChanges(revision, areas);
  watchedAreas.takePolicies(await policiesOf(ctx, watchedAreas.regions));
}

async function policiesOf(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  regions: readonly RegionCode[],
): Promise<Map<RegionCode, StartPolicy>> {
  if (regions.length === 0) return new Map();
  const { rows } = await sql<{ region_code: RegionCode; policy: StoredPolicy | null }>`
    select region_code, ${policyOfRegion(sql.ref("region_code"), clock.nowMs())} as policy
    from unnest(${[...regions]}::text[]) as asked (region_code)`.execute(db);
  return new Map(rows.map(({ region_code, policy }) => [region_code, policyFrom(policy)]));
}
