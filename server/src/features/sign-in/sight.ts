import {
  type DepartmentRights,
  type FieldGroup,
  fieldGroup,
  type Role,
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
/** Somebody by his roles alone, whether or not he has sent a request. */
type Granted = Pick<Person, "roles" | "departments">;

/** A grant without a department sees all that its role reaches. */
function levelOf(person: Granted, grant: Grant, group: FieldGroup): SightLevel {
  if (grant.department === undefined) return "personal";
  return person.departments?.get(grant.department)?.rights[group] ?? "none";
}

function grantsOf(person: Granted, roles: readonly Role[]): Grant[] {
  return person.roles.filter(({ role }) => roles.includes(role));
}

/** Where `person` sees at least so much of a group by some roles: department × region × role in one reach. */
export function sightOf(
  person: Granted,
  group: FieldGroup,
  level: SightLevel = "rows",
  roles: readonly Role[] = STAFF_ROLES,
): Scope {
  return scopeOfGrants(
    grantsOf(person, roles).filter((grant) => seesAtLeast(levelOf(person, grant, group), level)),
  );
}

/**
 * Staff, or who else has one of `roles`, whose role or its department sees at least so much of a group somewhere, and
 * where.
 * @throws AppError sign_in.required, role.forbidden, department.forbidden
 */
export function requireSight(
  request: Pick<FastifyRequest, "person">,
  group: FieldGroup,
  level: SightLevel = "rows",
  roles: readonly Role[] = STAFF_ROLES,
): { person: Person; scope: Scope } {
  const person = requireRole(request, ...roles);
  if (!seesAtLeast(bestLevel(person, group, roles), level)) {
    throw new AppError("department.forbidden", { details: { group, needs: level } });
  }
  return { person, scope: sightOf(person, group, level, roles) };
}

/**
 * Staff, or who else has one of `roles`, who may stop, lock and withdraw machines, and where.
 * @throws AppError sign_in.required, role.forbidden, department.may_not_command
 */
export function requireCommand(
  request: Pick<FastifyRequest, "person">,
  roles: readonly Role[] = STAFF_ROLES,
): { person: Person; scope: Scope } {
  const person = requireRole(request, ...roles);
  const grants = commandingGrants(person, roles);
  if (grants.length === 0) throw new AppError("department.may_not_command");
  return { person, scope: scopeOfGrants(grants) };
}

/** Where `person` commands machines by some roles. */
export function commandOf(person: Person, roles: readonly Role[]): Scope {
  return scopeOfGrants(commandingGrants(person, roles));
}

function commandingGrants(person: Person, roles: readonly Role[]): Grant[] {
  return grantsOf(person, roles).filter(
    ({ department }) => department === undefined || person.departments?.get(department)?.mayCommand === true,
  );
}

/** The most that any of the roles sees of a group, anywhere. */
function bestLevel(person: Person, group: FieldGroup, roles: readonly Role[]): SightLevel {
  const levels = grantsOf(person, roles).map((grant) => levelOf(person, grant, group));
  return sightLevel.options.findLast((level) => levels.includes(level)) ?? "none";
}

/** What the pages need to know, to leave out what nobody may see. */
export function sightSummary(person: Person): { sees: DepartmentRights; mayCommand: boolean } {
  const levels = fieldGroup.options.map((group) => [group, bestLevel(person, group, STAFF_ROLES)] as const);
  return {
    sees: Object.fromEntries(levels) as DepartmentRights,
    mayCommand: commandingGrants(person, STAFF_ROLES).length > 0,
  };
}
