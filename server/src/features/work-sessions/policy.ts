import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  hasRole,
  isInScope,
  requirePerson,
  requireScope,
  requireSight,
  STAFF_ROLES,
  sightOf,
} from "../sign-in/sign-in.ts";
import { selectWorkSessions, type WorkSessionRow } from "./queries.ts";

/** How much of a session its reader sees: all of it as the welder himself, or what the department may know. */
export interface SessionSight {
  isOwn: boolean;
  isNamed: boolean;
  hasReadings: boolean;
}

/**
 * A session may be seen by its welder, and by staff within whose reach it lies.
 * @throws AppError sign_in.required | work_session.not_found | role.forbidden | department.forbidden | region.out_of_scope
 */
export async function requireVisibleSession(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  workSessionId: string,
): Promise<{ row: WorkSessionRow; isOwn: boolean; sight: SessionSight }> {
  const person = requirePerson(request);
  const isWelder = hasRole(person, "welder");
  const isStaff = hasRole(person, ...STAFF_ROLES);
  if (!isWelder && !isStaff) throw new AppError("role.forbidden");
  const [row] = await selectWorkSessions(ctx.db, { workSessionId }, 1, 0);
  if (!row) throw new AppError("work_session.not_found");
  const isOwn = isWelder && person.personId === row.welder_person_id;
  if (isOwn) return { row, isOwn, sight: { isOwn, isNamed: true, hasReadings: true } };
  if (!isStaff) throw new AppError("role.forbidden");
  requireScope(requireSight(request, "sessions").scope, row.region_code, ...firmsOf(row));
  const isSeen = (group: "people" | "readings") =>
    isInScope(sightOf(person, group), row.region_code, ...firmsOf(row));
  return { row, isOwn, sight: { isOwn, isNamed: isSeen("people"), hasReadings: isSeen("readings") } };
}

/** Everybody whose work it is: the machine's owner, the welder's firm and the firm at whose place it is. */
function firmsOf(row: WorkSessionRow) {
  return [row.enterprise_id, row.contractor_enterprise_id, row.site_owner_enterprise_id];
}
