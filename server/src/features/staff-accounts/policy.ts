import type { Role, RoleGrant, StaffRole } from "@hanyouxu/api";
import { AppError } from "../../errors.ts";
import { isWithinRegion, type Person, type Scope, scopeOf } from "../sign-in/sign-in.ts";

/** Who manages accounts of staff. */
export const MANAGERS = ["operator", "regulator"] as const satisfies Role[];

/** What each may give, take and manage: nothing above the own role. */
const MAY_GIVE: Record<(typeof MANAGERS)[number], readonly string[]> = {
  operator: ["operator", "regulator", "station-staff", "installer"],
  regulator: ["regulator", "station-staff", "installer"],
};

/** A role with its place, as given or to be given. */
export interface PlacedRole {
  role: string;
  region: string | null;
  department: string | null;
}

/** Whether one of the person's own roles stands at least as high, reaches as far and belongs to as wide a department. */
export function mayManage(person: Person, { role, region, department }: PlacedRole): boolean {
  return person.roles.some((own) => {
    if (!isManaging(own) || !MAY_GIVE[own.role].includes(role)) return false;
    if (own.department !== undefined && own.department !== department && role !== "installer") return false;
    if (own.region === null) return own.role === "operator";
    return region !== null && isWithinRegion(own.region, region);
  });
}

type ManagingGrant = RoleGrant & { role: (typeof MANAGERS)[number] };

/** A role that is bound to an enterprise manages no staff. */
function isManaging(grant: RoleGrant): grant is ManagingGrant {
  return grant.enterpriseId === null && MANAGERS.some((role) => role === grant.role);
}

/** The regions whose accounts the person manages. */
export function managedScope(person: Person): Scope {
  return { ...scopeOf(person, ...MANAGERS), enterprises: [] };
}

/** @throws AppError staff.beyond_reach */
export function requireManageable(person: Person, roles: readonly PlacedRole[]): void {
  if (!roles.every((role) => mayManage(person, role))) throw new AppError("staff.beyond_reach");
}

/** Only roles that look at data belong to a department. */
export function belongsToDepartment(role: StaffRole): boolean {
  return role === "regulator" || role === "station-staff";
}
