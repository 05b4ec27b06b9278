import type { EnterpriseDetail, Role, SightLevel } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { isInScope, type Person, requireScope, requireSight, scopeOf, sightOf } from "../sign-in/sign-in.ts";
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
  const isRegistrar = isInScope(sightOf(person, "enterprises", "rows", REGISTRARS), row.region_code);
  const isReviewed = row.status === "active" || row.status === "suspended";
  return {
    // What registered itself belongs to its officers until somebody has answered for it.
    editIdentity: isRegistrar || (isOfficer && !isReviewed),
    edit: isRegistrar || isOfficer,
    review: isRegistrar,
    suspend: isInScope(sightOf(person, "enterprises", "rows", SUSPENDERS), row.region_code),
    isOfficer,
  };
}

type Place = Pick<EnterpriseRow, "region_code" | "enterprise_id">;

export interface VisibleEnterprise {
  person: Person;
  row: EnterpriseRow;
  rights: EnterpriseDetail["rights"];
}

/**
 * The organisation, for staff of its region and for its officers.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | enterprise.not_found |
 *   region.out_of_scope
 */
export async function requireVisibleEnterprise(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  enterpriseId: string,
): Promise<VisibleEnterprise> {
  const { person, scope } = requireSight(request, "enterprises");
  const [row] = await selectEnterprises(ctx.db, { enterpriseId });
  if (!row) throw new AppError("enterprise.not_found");
  requireScope(scope, row.region_code, row.enterprise_id);
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

/** Whether the person may know people of the organisation, in full where `level` says so. */
export function knowsPeople(person: Person, row: Place, level: SightLevel = "rows"): boolean {
  return isInScope(sightOf(person, "people", level), row.region_code, row.enterprise_id);
}

/** The organisation for who may know its people too. @throws AppError as requireVisibleEnterprise */
export async function requireKnownPeople(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  enterpriseId: string,
  level: SightLevel = "rows",
): Promise<VisibleEnterprise> {
  requireSight(request, "people", level);
  const visible = await requireVisibleEnterprise(ctx, request, enterpriseId);
  if (!knowsPeople(visible.person, visible.row, level)) throw new AppError("region.out_of_scope");
  return visible;
}

/** The same, for who may change who belongs to it. @throws AppError also role.forbidden */
export async function requirePeopleRight(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  enterpriseId: string,
): Promise<VisibleEnterprise> {
  const visible = await requireKnownPeople(ctx, request, enterpriseId);
  if (!visible.rights.edit) throw new AppError("role.forbidden");
  return visible;
}
