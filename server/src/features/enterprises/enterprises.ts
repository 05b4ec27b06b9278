import type { enterpriseBody } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { z } from "zod";
import type { AppContext } from "../../context.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { EnterprisesTable, Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { VisibleEnterprise } from "./policy.ts";
import {
  countPendingOf,
  type EnterpriseRow,
  hasRegion,
  insertEnterprise,
  lockPerson,
  updateEnterprise,
} from "./queries.ts";

type ChangeContext = Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">;
type EnterpriseData = z.output<typeof enterpriseBody>;

/** Somebody may have so many organisations waiting for review at a time. */
const MOST_PENDING = 3;

/**
 * Registers an organisation: by staff it is active at once, by anybody else it waits for review and he is its officer.
 * @throws AppError enterprise.uscc_taken | enterprise.region_unknown | enterprise.too_many_pending
 */
export async function createEnterprise(
  ctx: ChangeContext,
  data: EnterpriseData,
  by: { personId: PersonId; isStaff: boolean },
): Promise<EnterpriseId> {
  const enterpriseId = ctx.newId() as EnterpriseId;
  const now = new Date(ctx.clock.nowMs());
  await inOneGo(ctx, async (tx) => {
    await requireRegion(tx, data.region);
    if (!by.isStaff) {
      await lockPerson(tx, by.personId);
      if ((await countPendingOf(tx, by.personId)) >= MOST_PENDING) {
        throw new AppError("enterprise.too_many_pending");
      }
    }
    await insertEnterprise(tx, {
      ...columnsOf(ctx, data),
      enterprise_id: enterpriseId,
      status: by.isStaff ? "active" : "pending",
      created_at: now,
      registered_by: by.personId,
    });
    if (!by.isStaff) {
      await tx
        .insertInto("role_grants")
        .values({
          role_grant_id: ctx.newId(),
          person_id: by.personId,
          role: "enterprise-officer",
          region_code: null,
          enterprise_id: enterpriseId,
          granted_at: now,
        })
        .execute();
    }
    await ctx.audit.record(tx, {
      actor: by.personId,
      action: by.isStaff ? "enterprise.created" : "enterprise.registered",
      subject: `enterprise:${enterpriseId}`,
      details: { name: data.name, uscc: data.uscc, region: data.region },
    });
  });
  return enterpriseId;
}

const IDENTITY = ["name", "uscc", "region_code", "is_welding", "is_site_owner"] as const;

/**
 * Changes an organisation's data. What was sent back waits for review again once its officer has changed it.
 * @throws AppError enterprise.identity_reserved | enterprise.uscc_taken | enterprise.region_unknown
 */
export async function changeEnterprise(
  ctx: ChangeContext,
  { row, person, rights }: VisibleEnterprise,
  data: EnterpriseData,
): Promise<void> {
  const columns = columnsOf(ctx, data);
  const changed = Object.keys(columns).filter(
    (column) =>
      column.endsWith("_ciphertext") ||
      columns[column as keyof typeof columns] !== row[column as keyof EnterpriseRow],
  );
  if (!rights.editIdentity && changed.some((column) => (IDENTITY as readonly string[]).includes(column))) {
    throw new AppError("enterprise.identity_reserved");
  }
  const isAskedAgain = row.status === "rejected" && rights.isOfficer;
  await inOneGo(ctx, async (tx) => {
    if (changed.includes("region_code")) await requireRegion(tx, data.region);
    await updateEnterprise(tx, row.enterprise_id, [row.status], {
      ...columns,
      ...(isAskedAgain ? { status: "pending" as const, status_reason: null } : {}),
    });
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "enterprise.updated",
      subject: `enterprise:${row.enterprise_id}`,
      details: { changed },
    });
  });
}

const moves = {
  approve: { from: "pending", to: "active", action: "enterprise.approved", code: "enterprise.not_pending" },
  reject: { from: "pending", to: "rejected", action: "enterprise.rejected", code: "enterprise.not_pending" },
  suspend: { from: "active", to: "suspended", action: "enterprise.suspended", code: "enterprise.not_active" },
  reactivate: {
    from: "suspended",
    to: "active",
    action: "enterprise.reactivated",
    code: "enterprise.not_suspended",
  },
} as const;

/**
 * Moves an organisation from one status to the next, with the reason in the audit log. Work in progress goes on; the
 * next decision sees the new status.
 * @throws AppError enterprise.not_pending | enterprise.not_active | enterprise.not_suspended
 */
export async function moveEnterprise(
  ctx: Pick<AppContext, "db" | "audit">,
  enterpriseId: EnterpriseId,
  move: keyof typeof moves,
  actor: PersonId,
  reason: string,
): Promise<void> {
  const { from, to, action, code } = moves[move];
  await ctx.db.transaction().execute(async (tx) => {
    const change = { status: to, status_reason: reason === "" ? null : reason };
    if (!(await updateEnterprise(tx, enterpriseId, [from], change))) throw new AppError(code);
    await ctx.audit.record(tx, { actor, action, subject: `enterprise:${enterpriseId}`, details: { reason } });
  });
}

async function requireRegion(tx: Kysely<Tables>, region: string): Promise<void> {
  if (!(await hasRegion(tx, region))) throw new AppError("enterprise.region_unknown");
}

async function inOneGo(ctx: ChangeContext, work: (tx: Kysely<Tables>) => Promise<void>): Promise<void> {
  try {
    await ctx.db.transaction().execute(work);
  } catch (error) {
    if (isUniqueViolation(error, "enterprises_uscc_key")) throw new AppError("enterprise.uscc_taken");
    throw error;
  }
}

function columnsOf({ personalData }: Pick<AppContext, "personalData">, data: EnterpriseData) {
  const { contact } = data;
  return {
    name: data.name,
    uscc: data.uscc,
    is_welding: data.roles.includes("welding"),
    is_site_owner: data.roles.includes("site-owner"),
    type: data.type,
    domain: data.domain,
    industry: data.industry,
    staff_count: data.staffCount,
    region_code: data.region as RegionCode,
    latitude_degrees: data.place?.latitudeDegrees ?? null,
    longitude_degrees: data.place?.longitudeDegrees ?? null,
    address: data.address === "" ? null : data.address,
    ...(contact === undefined
      ? {}
      : {
          contact_name_ciphertext: contact && personalData.seal("name", contact.name),
          contact_phone_ciphertext: contact && personalData.seal("phone", contact.phone),
        }),
  } satisfies Partial<Record<keyof EnterprisesTable, unknown>>;
}

export { contactOf } from "./enterprise-view.ts";
export {
  requireKnownPeople,
  requirePeopleRight,
  requireRight,
  requireVisibleEnterprise,
  type VisibleEnterprise,
} from "./policy.ts";
export { lockEnterprise, selectEnterprises } from "./queries.ts";
