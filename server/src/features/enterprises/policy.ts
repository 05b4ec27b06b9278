import type { EnterpriseDetail, Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  isInScope,
  type Person,
  requireRole,
  requireScope,
  STAFF_ROLES,
  scopeOf,
} from "../sign-in/sign-in.ts";
import { type EnterpriseRow, selectEnterprises } from "./queries.ts";

/** Who registers, changes and reviews organisations of their regions. */
export const REGISTRARS = ["operator", "regulator", "station-staff"] as const satisfies Role[];

/** Who suspends them and takes them up again. */
const SUSPENDERS = ["operator", "regulator"] as const satisfies Role[];

/** What a person may do with an organisation, by roles and its place. */
export function rightsOf(
  person: Person,
  row: Pick<EnterpriseRow, "region_code" | "enterprise_id" | "status">,
): EnterpriseDetail["rights"] {
  const isOfficer = scopeOf(person, "enterprise-officer").enterprises.includes(row.enterprise_id);
  const isRegistrar = isInScope(scopeOf(person, ...REGISTRARS), row.region_code);
  const isReviewed = row.status === "active" || row.status === "suspended";
  return {
    // What registered itself belongs to its officers until somebody has answered for it.
    editIdentity: isRegistrar || (isOfficer && !isReviewed),
    edit: isRegistrar || isOfficer,
    review: isRegistrar,
    suspend: isInScope(scopeOf(person, ...SUSPENDERS), row.region_code),
    isOfficer,
  };
}

export interface VisibleEnterprise {
  person: Person;
  row: EnterpriseRow;
  rights: EnterpriseDetail["rights"];
}

/**
 * The organisation, for staff of its region and for its officers.
 * @throws AppError sign_in.required | role.forbidden | enterprise.not_found | region.out_of_scope
 */
export async function requireVisibleEnterprise(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  enterpriseId: string,
): Promise<VisibleEnterprise> {
  const person = requireRole(request, ...STAFF_ROLES);
  const [row] = await selectEnterprises(ctx.db, { enterpriseId });
  if (!row) throw new AppError("enterprise.not_found");
  requireScope(scopeOf(person, ...STAFF_ROLES), row.region_code, row.enterprise_id);
  return { person, row, rights: rightsOf(person, row) };
}

/** The same, for who may do one thing with it. @throws AppError also role.forbidden */
export async function requireRight(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  enterpriseId: string,
  right: "edit" | "review" | "suspend",
): Promise<VisibleEnterprise> {
  const visible = await requireVisibleEnterprise(ctx, request, enterpriseId);
  if (!visible.rights[right]) throw new AppError("role.forbidden");
  return visible;
}
