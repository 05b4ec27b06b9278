import type { PersonalFieldName, Role } from "@hanyouxu/api";
import { isInScope, type Person, sightOf } from "../sign-in/sign-in.ts";

/**
 * Who may see which personal field in full, one person at a time, with a reason. Everybody else, and every list, gets
 * it masked. Operators run the platform and need no names. The only place that decides this.
 */
const MAY_UNMASK: Readonly<Record<PersonalFieldName, readonly Role[]>> = {
  // Whoever handles an alarm must be able to call and address the welder.
  name: ["regulator", "station-staff", "enterprise-officer"],
  phone: ["regulator", "station-staff", "enterprise-officer"],
  "identity-number": ["regulator"],
  "certificate-number": ["regulator"],
};

/** The person with no more than these roles, each in its own reach and department. */
export function onlyAs(person: Person, roles: readonly Role[]): Person {
  return { ...person, roles: person.roles.filter(({ role }) => roles.includes(role)) };
}

/** Where a person belongs: the regions of roles and registration, and the enterprises of roles and memberships. */
export interface Belonging {
  regions: readonly string[];
  enterprises: readonly string[];
}

/** The fields of somebody who belongs there that `person` may see in full. */
export function unmaskable(person: Person, belonging: Belonging): PersonalFieldName[] {
  return (Object.keys(MAY_UNMASK) as PersonalFieldName[]).filter((field) => {
    const scope = sightOf(onlyAs(person, MAY_UNMASK[field]), "people", "personal");
    return (
      belonging.regions.some((region) => isInScope(scope, region)) ||
      belonging.enterprises.some((enterpriseId) => isInScope(scope, "", enterpriseId))
    );
  });
}
