import { type FieldGroup, type Role, type StatisticsMeasure, statisticsMeasures } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { isInScope, type Person, type Scope, sightOf } from "../sign-in/sign-in.ts";
import { groupOf, measures, type Part } from "./measures.ts";

/** Who acts for regions; counts have no owner, so a firm has none of its own here. */
export const STATISTICS_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

type Granted = Pick<Person, "roles" | "departments">;

/** Somebody's reach by what is counted: a department sees more of one thing than of another. */
export function countsReach(person: Granted): (family: Part["family"]) => Scope {
  return (family) => sightOf(person, groupOf(family), "counts", STATISTICS_ROLES);
}

/** Whether somebody sees counts of some groups in all of a region; null: of the whole platform. */
export function seesCountsIn(
  person: Granted,
  groups: readonly FieldGroup[],
  region: RegionCode | null,
): boolean {
  return groups.every((group) => {
    const scope = { ...sightOf(person, group, "counts", STATISTICS_ROLES), enterprises: [] };
    return region === null ? scope.everywhere : isInScope(scope, region);
  });
}

/** Measures of which somebody sees counts somewhere; of a region, in all of it. */
export function measuresSeen(person: Granted, region: RegionCode | undefined): StatisticsMeasure[] {
  if (region !== undefined) return measuresSeenIn(person, region);
  const seesSome = (group: FieldGroup) => {
    const { everywhere, regions } = sightOf(person, group, "counts", STATISTICS_ROLES);
    return everywhere || regions.length > 0;
  };
  return statisticsMeasures.filter((key) => measures[key].needs.every(seesSome));
}

/** Measures that somebody sees in all of a region, in their order. */
export function measuresSeenIn(person: Granted, region: RegionCode | null): StatisticsMeasure[] {
  return statisticsMeasures.filter((key) => seesCountsIn(person, measures[key].needs, region));
}

/** The reach of exactly one region, whatever is counted. */
export function reachOfRegion(region: RegionCode | null): Scope {
  return { everywhere: region === null, regions: region === null ? [] : [region], enterprises: [] };
}
