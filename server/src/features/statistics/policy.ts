import {
  bilingual,
  type FieldGroup,
  type Role,
  type StatisticsMeasure,
  statisticsMeasures,
} from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { AppError } from "../../errors.ts";
import { isInScope, type Person, requireScope, type Scope, scopeOf, sightOf } from "../sign-in/sign-in.ts";
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

/**
 * One region of somebody's whose counts he sees: the one asked for, the only one he has, or (null) the whole platform.
 * @throws AppError request.invalid where he has several and names none, region.out_of_scope, department.forbidden
 */
export function requireCountedRegion(person: Granted, asked: string | undefined): RegionCode | null {
  const scope = { ...scopeOf(person, ...STATISTICS_ROLES), enterprises: [] };
  if (asked !== undefined) requireScope(scope, asked);
  const region = (asked ?? (scope.everywhere ? null : onlyRegion(scope.regions))) as RegionCode | null;
  if (measuresSeenIn(person, region).length === 0) {
    throw new AppError("department.forbidden", { details: { needs: "counts" } });
  }
  return region;
}

function onlyRegion(regions: readonly RegionCode[]): RegionCode {
  const [first, ...more] = new Set(regions);
  if (first === undefined) throw new AppError("region.out_of_scope");
  if (more.length === 0) return first;
  const message = bilingual("请选择区域", "Choose a region");
  throw new AppError("request.invalid", { fields: [{ path: "body.region", message }] });
}
