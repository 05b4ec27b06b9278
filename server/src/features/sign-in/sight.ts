import {
  type DepartmentRights,
  type FieldGroup,
  fieldGroup,
  type SightLevel,
  seesAtLeast,
  sightLevel,
} from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import { AppError } from "../../errors.ts";
import { type Person, requireRole, type Scope, STAFF_ROLES, scopeOfGrants } from "./person.ts";

/** What a department may see and do, as configured now. */
export interface DepartmentSight {
  rights: Partial<DepartmentRights>;
  mayCommand: boolean;
}

type Grant = Person["roles"][number];

/** A grant without a department sees all that its role reaches. */
function levelOf(person: Person, grant: Grant, group: FieldGroup): SightLevel {
  if (grant.department === undefined) return "personal";
  return person.departments?.get(grant.department)?.rights[group] ?? "none";
}

function staffGrants(person: Person): Grant[] {
  const staff: readonly string[] = STAFF_ROLES;
  return person.roles.filter(({ role }) => staff.includes(role));
}

/** Where `person` sees at least so much of a group: department × region × role in one reach. */
export function sightOf(person: Person, group: FieldGroup, level: SightLevel = "rows"): Scope {
  return scopeOfGrants(
    staffGrants(person).filter((grant) => seesAtLeast(levelOf(person, grant, group), level)),
  );
}

/**
 * Staff whose role, or its department, sees at least so much of a group somewhere, and where.
 * @throws AppError sign_in.required, role.forbidden, department.forbidden
 */
export function requireSight(
  request: Pick<FastifyRequest, "person">,
  group: FieldGroup,
  level: SightLevel = "rows",
): { person: Person; scope: Scope } {
  const person = requireRole(request, ...STAFF_ROLES);
  if (!seesAtLeast(bestLevel(person, group), level)) {
    throw new AppError("department.forbidden", { details: { group, needs: level } });
  }
  return { person, scope: sightOf(person, group, level) };
}

/**
 * Staff who may stop and lock machines, and where.
 * @throws AppError sign_in.required, role.forbidden, department.may_not_command
 */
export function requireCommand(request: Pick<FastifyRequest, "person">): { person: Person; scope: Scope } {
  const person = requireRole(request, ...STAFF_ROLES);
  const grants = commandingGrants(person);
  if (grants.length === 0) throw new AppError("department.may_not_command");
  return { person, scope: scopeOfGrants(grants) };
}

function commandingGrants(person: Person): Grant[] {
  return staffGrants(person).filter(
    ({ department }) => department === undefined || person.departments?.get(department)?.mayCommand === true,
  );
}

/** The most that any of the person's roles sees of a group, anywhere. */
function bestLevel(person: Person, group: FieldGroup): SightLevel {
  const levels = staffGrants(person).map((grant) => levelOf(person, grant, group));
  return sightLevel.options.findLast((level) => levels.includes(level)) ?? "none";
}

/** What the pages need to know, to leave out what nobody may see. */
export function sightSummary(person: Person): { sees: DepartmentRights; mayCommand: boolean } {
  const levels = fieldGroup.options.map((group) => [group, bestLevel(person, group)] as const);
  return {
    sees: Object.fromEntries(levels) as DepartmentRights,
    mayCommand: commandingGrants(person).length > 0,
  };
}
