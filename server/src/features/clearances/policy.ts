import type { Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  hasRole,
  type Person,
  requirePerson,
  requireScope,
  requireSight,
  STAFF_ROLES,
} from "../sign-in/sign-in.ts";
import { type ClearanceRow, selectClearances } from "./queries.ts";

/** Who judges scenes and answers calls; a firm may not judge the place of its own work. */
export const JUDGE_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

export type ClearancePart = "welder" | "watch" | "none";

export interface SeenClearance {
  row: ClearanceRow;
  person: Person;
  part: ClearancePart;
}

/**
 * A clearance for its welder, its fire watch, the firms whose machine or place it is, and staff of the area's region.
 * @throws AppError sign_in.required | clearance.not_found | role.forbidden | department.forbidden |
 *   region.out_of_scope
 */
export async function requireVisible(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  clearanceId: string,
): Promise<SeenClearance> {
  const person = requirePerson(request);
  const [row] = await selectClearances(ctx.db, { clearanceId }, 1, 0);
  if (row && row.welder_person_id === person.personId) return { row, person, part: "welder" };
  if (row && row.watch_person_id === person.personId) return { row, person, part: "watch" };
  if (!hasRole(person, ...STAFF_ROLES)) {
    // Those who take part in other clearances learn nothing about this one.
    throw new AppError(hasRole(person, "welder", "fire-watch") ? "clearance.not_found" : "role.forbidden");
  }
  const { scope } = requireSight(request, "sessions");
  if (!row) throw new AppError("clearance.not_found");
  requireScope(scope, row.region_code, row.enterprise_id, row.site_owner_enterprise_id);
  return { row, person, part: "none" };
}

/** The same for what only its welder does. @throws AppError role.forbidden and as requireVisible */
export async function requireWelder(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  clearanceId: string,
): Promise<SeenClearance> {
  const seen = await requireVisible(ctx, request, clearanceId);
  if (seen.part !== "welder") throw new AppError("role.forbidden");
  return seen;
}

/** The same for what its welder or its watch does. @throws AppError role.forbidden and as requireVisible */
export async function requirePart(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  clearanceId: string,
): Promise<SeenClearance> {
  const seen = await requireVisible(ctx, request, clearanceId);
  if (seen.part === "none") throw new AppError("role.forbidden");
  return seen;
}
