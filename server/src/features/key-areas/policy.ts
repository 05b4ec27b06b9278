import type { Role, SightLevel } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { isInScope, type Person, requireScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { type KeyAreaRow, selectKeyAreas } from "./queries.ts";

/** Who draws, changes and abolishes key areas of their regions. A site owner reads its own. */
const EDITORS = ["operator", "regulator"] as const satisfies Role[];

/** @throws AppError sign_in.required, role.forbidden, department.forbidden */
export const requireEditor = (request: Pick<FastifyRequest, "person">) =>
  requireSight(request, "keyAreas", "rows", EDITORS);

export function mayEdit(person: Person, regionCode: string): boolean {
  return isInScope(sightOf(person, "keyAreas", "rows", EDITORS), regionCode);
}

/**
 * The area, for staff of its region and for officers of its site owner.
 * @throws AppError sign_in.required, role.forbidden, department.forbidden, key_area.not_found, region.out_of_scope
 */
export async function requireVisibleArea(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  keyAreaId: string,
): Promise<{ person: Person; row: KeyAreaRow }> {
  const { person, scope } = requireSight(request, "keyAreas");
  const [row] = await selectKeyAreas(ctx.db, { keyAreaId });
  if (!row) throw new AppError("key_area.not_found");
  requireScope(scope, row.region_code, row.site_owner_enterprise_id);
  return { person, row };
}

/** Whether the person may know the area's contacts, in full where `level` says so. */
export function knowsContacts(person: Person, row: KeyAreaRow, level: SightLevel = "rows"): boolean {
  return isInScope(sightOf(person, "people", level), row.region_code, row.site_owner_enterprise_id);
}
