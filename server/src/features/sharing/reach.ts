import { type RawBuilder, sql } from "kysely";
import { withinRegions } from "../../db/within-scope.ts";
import { AppError } from "../../errors.ts";
import { isInScope, type Person, type Scope, scopeOfGrants } from "../sign-in/sign-in.ts";

/** Who registers departments' programs, each within the regions of the role. */
export const SHARERS = ["operator", "regulator"] as const;

/** Whose programs somebody manages: of any department in some regions, of one department in others. */
export interface SharingReach {
  ofAny: Scope;
  ofDepartment: ReadonlyMap<string, Scope>;
}

/** A role that belongs to a department manages the programs of that department only. */
export function sharingReachOf(person: Person): SharingReach {
  const grants = person.roles.filter(
    ({ role, enterpriseId }) => SHARERS.some((it) => it === role) && enterpriseId === null,
  );
  const departments = new Set(grants.flatMap(({ department }) => department ?? []));
  const scopeOf = (key: string | undefined) =>
    scopeOfGrants(grants.filter(({ department }) => department === key));
  return {
    ofAny: scopeOf(undefined),
    ofDepartment: new Map([...departments].map((key) => [key, scopeOf(key)])),
  };
}

/** @throws AppError region.out_of_scope, api_client.other_department */
export function requireReach(reach: SharingReach, { region, department }: ClientPlace): void {
  if (isInScope(reach.ofAny, region)) return;
  const own = reach.ofDepartment.get(department);
  if (own && isInScope(own, region)) return;
  const isElsewhere = ![...reach.ofDepartment.values()].some((scope) => isInScope(scope, region));
  throw new AppError(isElsewhere ? "region.out_of_scope" : "api_client.other_department");
}

export interface ClientPlace {
  region: string;
  department: string;
}

/** True for the clients `c` within reach. */
export function reachedClients({ ofAny, ofDepartment }: SharingReach): RawBuilder<boolean> {
  const own = [...ofDepartment].map(
    ([key, scope]) => sql`(c.department_key = ${key} and ${withinRegions(scope, "c.region_code")})`,
  );
  return sql<boolean>`(${sql.join([withinRegions(ofAny, "c.region_code"), ...own], sql` or `)})`;
}
