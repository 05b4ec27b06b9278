import type { StaffAccount, StaffInvitation, StaffRole } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../../db/sql-errors.ts";
import { AppError } from "../../errors.ts";
import { newTotpSecret, normalUsername, type Person } from "../sign-in/sign-in.ts";
import { invite } from "./invitations.ts";
import {
  belongsToDepartment,
  managedScope,
  mayManage,
  type PlacedRole,
  requireManageable,
} from "./policy.ts";
import {
  deleteGrant,
  endSignIns,
  type GrantRow,
  insertGrant,
  insertStaff,
  lockStaff,
  type StaffRow,
  selectGrants,
  selectStaff,
  setPersonActive,
} from "./queries.ts";

type ChangeContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "personalData" | "audit">;

/** A role to be given. */
export interface StaffGrantWish {
  role: StaffRole;
  region: string | null;
  department: string | null;
}

/** An account as a manager of it sees it; the name in full only where it is asked for one by one. */
export function staffAccountOf(
  ctx: Pick<AppContext, "personalData">,
  manager: Person,
  row: StaffRow,
  grants: readonly GrantRow[],
  { isNamed = false } = {},
): StaffAccount {
  const name = ctx.personalData.open("name", row.name_ciphertext);
  return {
    personId: row.person_id,
    username: row.username,
    name: isNamed ? name : maskName(name),
    region: row.region_code,
    regionName: row.region_name,
    status: row.status,
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    grants: grants
      .filter(({ person_id }) => person_id === row.person_id)
      .map((grant) => ({
        roleGrantId: grant.role_grant_id,
        role: grant.role as StaffRole,
        region: grant.region_code,
        regionName: grant.region_name,
        department: grant.department_key,
        grantedAt: grant.granted_at.toISOString(),
        mayWithdraw: mayManage(manager, placedRole(grant)) && manager.personId !== row.person_id,
      })),
  };
}

/** An account within the manager's regions, with all its roles. @throws AppError staff.not_found */
export async function requireStaff(
  ctx: Pick<AppContext, "db">,
  manager: Person,
  personId: string,
): Promise<{ row: StaffRow; grants: GrantRow[] }> {
  const [row] = await selectStaff(ctx.db, { scope: managedScope(manager), personId });
  if (!row) throw new AppError("staff.not_found");
  return { row, grants: await selectGrants(ctx.db, [row.person_id]) };
}

/**
 * Creates an account that waits for its holder to accept the invitation.
 * @throws AppError staff.beyond_reach | staff.username_taken | region.not_found | department.not_found
 */
export async function createInvitedStaff(
  ctx: ChangeContext,
  manager: Person,
  { username, name, ...wish }: StaffGrantWish & { username: string; name: string },
): Promise<StaffInvitation> {
  const grant = checkedWish(manager, wish);
  const personId = ctx.newId() as PersonId;
  const now = new Date(ctx.clock.nowMs());
  return await explaining(() =>
    ctx.db.transaction().execute(async (tx) => {
      await insertStaff(tx, ctx.personalData.seal("name", name), {
        person_id: personId,
        username: normalUsername(username),
        // No password has this hash: nobody signs in before the invitation is accepted.
        password_hash: "",
        totp_ciphertext: ctx.personalData.seal("totp-secret", newTotpSecret(ctx.random)),
        created_at: now,
        region_code: wish.region as RegionCode | null,
      });
      await insertGrant(tx, grantRow(ctx, personId, grant, now));
      const invitation = await invite(ctx, tx, personId, manager.personId);
      await ctx.audit.record(tx, {
        actor: manager.personId,
        action: "staff.created",
        subject: `person:${personId}`,
        details: { ...grant },
      });
      return invitation;
    }),
  );
}

/** A new invitation for somebody who lost the link, the password or the authenticator. @throws AppError staff.not_found | staff.beyond_reach | staff.deactivated */
export async function inviteAgain(
  ctx: ChangeContext,
  manager: Person,
  personId: string,
): Promise<StaffInvitation> {
  const { row, grants } = await requireStaff(ctx, manager, personId);
  requireManageable(manager, grants.map(placedRole));
  if (row.status === "deactivated") throw new AppError("staff.deactivated");
  return await ctx.db.transaction().execute(async (tx) => {
    const invitation = await invite(ctx, tx, row.person_id, manager.personId);
    await record(ctx, tx, manager, row, "staff.invited_again");
    return invitation;
  });
}

/** @throws AppError staff.not_found | staff.beyond_reach | staff.role_given | region.not_found | department.not_found */
export async function grantRole(
  ctx: ChangeContext,
  manager: Person,
  personId: string,
  wish: StaffGrantWish,
): Promise<void> {
  const { row } = await requireStaff(ctx, manager, personId);
  const grant = checkedWish(manager, wish);
  await explaining(() =>
    ctx.db.transaction().execute(async (tx) => {
      await lockStaff(tx, row.person_id);
      const held = await selectGrants(tx, [row.person_id]);
      if (held.map(placedRole).some((own) => isSame(own, grant))) throw new AppError("staff.role_given");
      await insertGrant(tx, grantRow(ctx, row.person_id, grant, new Date(ctx.clock.nowMs())));
      await record(ctx, tx, manager, row, "staff.role_granted", { ...grant });
    }),
  );
}

/** @throws AppError staff.not_found | staff.role_not_found | staff.beyond_reach | staff.own_account */
export async function withdrawRole(
  ctx: ChangeContext,
  manager: Person,
  personId: string,
  roleGrantId: string,
): Promise<void> {
  const { row, grants } = await requireStaff(ctx, manager, personId);
  const grant = grants.find(({ role_grant_id }) => role_grant_id === roleGrantId);
  if (!grant) throw new AppError("staff.role_not_found");
  if (row.person_id === manager.personId) throw new AppError("staff.own_account");
  requireManageable(manager, [placedRole(grant)]);
  await ctx.db.transaction().execute(async (tx) => {
    await deleteGrant(tx, roleGrantId);
    await record(ctx, tx, manager, row, "staff.role_withdrawn", { ...placedRole(grant) });
  });
}

/** Deactivating ends every sign-in at once. @throws AppError staff.not_found | staff.beyond_reach | staff.own_account */
export async function setActive(
  ctx: ChangeContext,
  manager: Person,
  personId: string,
  isActive: boolean,
): Promise<void> {
  const { row, grants } = await requireStaff(ctx, manager, personId);
  if (row.person_id === manager.personId) throw new AppError("staff.own_account");
  requireManageable(manager, grants.map(placedRole));
  await ctx.db.transaction().execute(async (tx) => {
    await setPersonActive(tx, row.person_id, isActive);
    const endedSignIns = isActive ? 0 : await endSignIns(tx, row.person_id, new Date(ctx.clock.nowMs()));
    const action = isActive ? "staff.activated" : "staff.deactivated";
    await record(ctx, tx, manager, row, action, { endedSignIns });
  });
}

/** What may be given: within the manager's reach, and with a department only where the role has one. */
function checkedWish(manager: Person, wish: StaffGrantWish): StaffGrantWish {
  const grant = { ...wish, department: belongsToDepartment(wish.role) ? wish.department : null };
  requireManageable(manager, [grant]);
  return grant;
}

function placedRole({ role, region_code, department_key }: GrantRow): PlacedRole {
  return { role, region: region_code, department: department_key };
}

function isSame(left: PlacedRole, right: PlacedRole): boolean {
  return left.role === right.role && left.region === right.region && left.department === right.department;
}

function grantRow(
  ctx: Pick<AppContext, "newId">,
  personId: PersonId,
  { role, region, department }: StaffGrantWish,
  now: Date,
) {
  return {
    role_grant_id: ctx.newId(),
    person_id: personId,
    role,
    region_code: region as RegionCode | null,
    enterprise_id: null,
    granted_at: now,
    department_key: department,
  };
}

async function record(
  ctx: Pick<AppContext, "audit">,
  tx: AppContext["db"],
  manager: Person,
  { person_id }: StaffRow,
  action: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await ctx.audit.record(tx, { actor: manager.personId, action, subject: `person:${person_id}`, details });
}

/** What the database knows better than a look beforehand: names that are taken, regions and departments that are none. */
async function explaining<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, "staff_accounts_username_key")) throw new AppError("staff.username_taken");
    if (isForeignKeyViolation(error, "role_grants_department_key_fkey"))
      throw new AppError("department.not_found");
    if (isForeignKeyViolation(error)) throw new AppError("region.not_found");
    throw error;
  }
}

export { acceptInvitation, openInvitation } from "./invitations.ts";
export { callRegion, levelsAbove, type StaffCall, staffNearest, staffNearestOf } from "./staff-nearest.ts";
