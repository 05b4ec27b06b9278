import type { Role } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { type AlarmActKind, alarmActRoles, possibleAlarmActs } from "@hanyouxu/rules";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  isInScope,
  type Person,
  requireRole,
  requireScope,
  requireSight,
  type Scope,
  scopeOf,
  sightOf,
} from "../sign-in/sign-in.ts";
import type { AlarmActor } from "./alarm-fact.ts";
import { type AlarmRow, selectAlarms } from "./list-queries.ts";

type Caller = Pick<FastifyRequest, "person">;

/** Who handles alarms, for regions. */
export const ALARM_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];
/** Who declares maintenance. */
export const SUPPRESSION_ROLES = ["operator", "regulator"] as const satisfies Role[];
/** Whose own alarms there are. */
export const OWN_ROLES = ["welder", "enterprise-officer"] as const satisfies Role[];

/** By region only: a firm answers for its alarms, and handles none. */
function handlingScope(person: Person, roles: readonly Role[]): Scope {
  return { ...sightOf(person, "alarms", "rows", roles), enterprises: [] };
}

/** An alarm of no region is the whole platform's. */
const regionOf = ({ region_code }: Pick<AlarmRow, "region_code">) => region_code ?? "";

async function requireAlarm(ctx: Pick<AppContext, "db">, alarmId: string): Promise<AlarmRow> {
  const [row] = await selectAlarms(ctx.db, { alarmId }, 1, 0);
  if (!row) throw new AppError("alarm.not_found");
  return row;
}

/**
 * An alarm, for staff of its region and officers of its firms.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | alarm.not_found | region.out_of_scope
 */
export async function requireVisibleAlarm(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  alarmId: string,
): Promise<{ person: Person; row: AlarmRow }> {
  const { person, scope } = requireSight(request, "alarms");
  const row = await requireAlarm(ctx, alarmId);
  requireScope(scope, regionOf(row), row.enterprise_id, row.site_owner_enterprise_id);
  return { person, row };
}

/**
 * A visible alarm whose machine's track and readings the caller may see too.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | alarm.not_found | region.out_of_scope
 */
export async function requireReadAlarm(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  alarmId: string,
): Promise<{ person: Person; row: AlarmRow }> {
  const { scope } = requireSight(request, "readings");
  const visible = await requireVisibleAlarm(ctx, request, alarmId);
  const { row } = visible;
  requireScope(scope, regionOf(row), row.enterprise_id, row.site_owner_enterprise_id);
  return visible;
}

/**
 * An alarm that the caller may act on by one of some roles, and by which.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | alarm.not_found | region.out_of_scope
 */
export async function requireHandledAlarm(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  alarmId: string,
  roles: readonly Role[],
): Promise<{ person: Person; row: AlarmRow; actor: AlarmActor }> {
  const { person } = requireSight(request, "alarms", "rows", roles);
  const row = await requireAlarm(ctx, alarmId);
  requireScope(handlingScope(person, roles), regionOf(row));
  return { person, row, actor: actorOf(person, row, roles) };
}

function actorOf(person: Person, row: Pick<AlarmRow, "region_code">, roles: readonly Role[]): AlarmActor {
  const role = roles.find((one) => isInScope(handlingScope(person, [one]), regionOf(row)))!;
  return { personId: person.personId, role };
}

/** The firms that a person is an officer of. */
export function ownFirms(person: Person): readonly EnterpriseId[] {
  return scopeOf(person, "enterprise-officer").enterprises;
}

/** @throws AppError sign_in.required | role.forbidden */
export function requireOwnAlarms(request: Caller): Person {
  return requireRole(request, ...OWN_ROLES);
}

/**
 * An alarm about the caller's own work, or about a firm of his.
 * @throws AppError sign_in.required | role.forbidden | alarm.not_found
 */
export async function requireOwnAlarm(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  alarmId: string,
): Promise<{ person: Person; row: AlarmRow; actor: AlarmActor }> {
  const person = requireOwnAlarms(request);
  const row = await requireAlarm(ctx, alarmId);
  const role = ownRole(person, row);
  // A stranger's is none: nobody learns by asking which there are.
  if (!role) throw new AppError("alarm.not_found");
  return { person, row, actor: { personId: person.personId, role } };
}

function ownRole(person: Person, row: AlarmRow): "welder" | "enterprise-officer" | undefined {
  if (row.welder_person_id === person.personId) return "welder";
  const firms = [row.enterprise_id, row.site_owner_enterprise_id];
  return ownFirms(person).some((own) => firms.includes(own)) ? "enterprise-officer" : undefined;
}

/** What the person may do about an alarm now: by role and reach, and by where the alarm stands. */
export function mayDoAbout(person: Person, row: AlarmRow): AlarmActKind[] {
  return possibleAlarmActs(row.state, person.personId).filter((act) =>
    isInScope(handlingScope(person, alarmActRoles[act]), regionOf(row)),
  );
}

export function mayNote(person: Person, row: AlarmRow): boolean {
  return isInScope(handlingScope(person, ALARM_ROLES), regionOf(row));
}

export function mayAnswer(person: Person, row: AlarmRow): boolean {
  return ownRole(person, row) !== undefined;
}

/** Whether he may know people of the alarm, masked. */
export function isNamedTo(person: Person, row: AlarmRow): boolean {
  return isInScope(sightOf(person, "people"), regionOf(row), row.enterprise_id, row.site_owner_enterprise_id);
}

/** Whether he may see it at all, on either way. */
export function maySee(person: Person, row: AlarmRow): boolean {
  const scope = sightOf(person, "alarms");
  return (
    ownRole(person, row) !== undefined ||
    isInScope(scope, regionOf(row), row.enterprise_id, row.site_owner_enterprise_id)
  );
}
