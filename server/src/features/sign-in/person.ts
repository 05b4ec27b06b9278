import type { Role, RoleGrant } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { FastifyRequest } from "fastify";
import { AppError } from "../../errors.ts";
import type { DepartmentSight } from "./sight.ts";

/** Who sent a request, as the sign-in says. */
export interface Person {
  personId: PersonId;
  signInId: string;
  roles: readonly RoleGrant[];
  /** The departments that the roles name, by key. */
  departments?: ReadonlyMap<string, DepartmentSight>;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Undefined for callers who are not signed in; routes ask by `requirePerson` or `requireRole`. */
    person: Person | undefined;
  }
}

/** Who sees machines, work and decisions of others: staff of their regions, officers of their enterprise. */
export const STAFF_ROLES = [
  "operator",
  "regulator",
  "station-staff",
  "enterprise-officer",
] as const satisfies Role[];

/** @throws AppError sign_in.required */
export function requirePerson(request: Pick<FastifyRequest, "person">): Person {
  if (!request.person) throw new AppError("sign_in.required");
  return request.person;
}

/** The signed-in person, who must hold at least one of `roles`. @throws AppError sign_in.required, role.forbidden */
export function requireRole(request: Pick<FastifyRequest, "person">, ...roles: readonly Role[]): Person {
  const person = requirePerson(request);
  if (!hasRole(person, ...roles)) throw new AppError("role.forbidden", { details: { needs: roles } });
  return person;
}

export function hasRole(person: Person, ...roles: readonly Role[]): boolean {
  return person.roles.some((grant) => roles.includes(grant.role));
}

/**
 * Whether `region` is `scope` or lies in it: GB/T 2260 codes contain their parents' (330723 Wuyi lies in 3307 Jinhua),
 * GB/T 10114 adds three digits of township.
 */
export function isWithinRegion(scope: string, region: string): boolean {
  return region.startsWith(scope);
}

/** What a person may see or do by some roles: everything, or these regions and these enterprises. */
export interface Scope {
  everywhere: boolean;
  regions: readonly RegionCode[];
  enterprises: readonly EnterpriseId[];
}

/** The reach of `person` by `roles`. An operator's role without a region is the whole platform's; no other is. */
export function scopeOf(person: Pick<Person, "roles">, ...roles: readonly Role[]): Scope {
  return scopeOfGrants(person.roles.filter((grant) => roles.includes(grant.role)));
}

export function scopeOfGrants(grants: readonly RoleGrant[]): Scope {
  return {
    everywhere: grants.some(
      (grant) => grant.role === "operator" && grant.region === null && grant.enterpriseId === null,
    ),
    // A role bound to an enterprise reaches that enterprise, not the region around it.
    regions: grants.flatMap(({ region, enterpriseId }) =>
      region !== null && enterpriseId === null ? [region as RegionCode] : [],
    ),
    enterprises: grants.flatMap(({ enterpriseId }) =>
      enterpriseId === null ? [] : [enterpriseId as EnterpriseId],
    ),
  };
}

/** Whether something in `region`, of one or some enterprises where it has any, lies within `scope`. */
export function isInScope(
  scope: Scope,
  region: string,
  ...enterpriseIds: readonly (string | null | undefined)[]
): boolean {
  return (
    scope.everywhere ||
    scope.regions.some((own) => isWithinRegion(own, region)) ||
    scope.enterprises.some((own) => enterpriseIds.includes(own))
  );
}

/** @throws AppError region.out_of_scope */
export function requireScope(
  scope: Scope,
  region: string,
  ...enterpriseIds: readonly (string | null | undefined)[]
): void {
  if (!isInScope(scope, region, ...enterpriseIds)) throw new AppError("region.out_of_scope");
}
