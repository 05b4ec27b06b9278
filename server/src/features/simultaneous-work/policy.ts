import type { EnterpriseId } from "@hanyouxu/protocol";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { isInScope, type Person, requireScope, requireSight, scopeOf } from "../sign-in/sign-in.ts";
import { type ConflictRow, selectConflicts } from "./conflict-queries.ts";
import { type OtherWorkRow, selectOtherWorks } from "./other-work-queries.ts";

type Caller = Pick<FastifyRequest, "person">;

/** The firms that a person is an officer of, and nothing else that he reaches. */
export function ownFirms(person: Person) {
  const { enterprises } = scopeOf(person, "enterprise-officer");
  return { everywhere: false, regions: [], enterprises };
}

/**
 * Declared work, for staff of its region and officers of its firms.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | other_work.not_found |
 *   region.out_of_scope
 */
export async function requireVisibleWork(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  otherWorkId: string,
): Promise<{ person: Person; row: OtherWorkRow }> {
  const { person, scope } = requireSight(request, "sessions");
  const [row] = await selectOtherWorks(ctx.db, { otherWorkId }, 1, 0);
  if (!row) throw new AppError("other_work.not_found");
  requireScope(scope, row.region_code, row.enterprise_id, row.site_owner_enterprise_id);
  return { person, row };
}

/** Whether the person may end it: an officer of whoever does it, or of whose place it is. */
export function mayEnd(person: Person, row: OtherWorkRow): boolean {
  return isInScope(ownFirms(person), row.region_code, row.enterprise_id, row.site_owner_enterprise_id);
}

/** The firms of both sides, whoever does the work and whose place it is. */
export function partiesOf(row: ConflictRow): EnterpriseId[] {
  return [
    row.one_enterprise_id,
    row.one_site_owner_enterprise_id,
    row.other_enterprise_id,
    row.other_site_owner_enterprise_id,
  ].filter((id) => id !== null);
}

/**
 * A conflict, for staff of the region of either side and officers of the firms of both.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | work_conflict.not_found |
 *   region.out_of_scope
 */
export async function requireVisibleConflict(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  workConflictId: string,
): Promise<{ person: Person; row: ConflictRow }> {
  const { person, scope } = requireSight(request, "sessions");
  const [row] = await selectConflicts(ctx.db, { workConflictId }, 1, 0);
  if (!row) throw new AppError("work_conflict.not_found");
  if (!isInScope(scope, row.one_region_code)) requireScope(scope, row.other_region_code, ...partiesOf(row));
  return { person, row };
}
