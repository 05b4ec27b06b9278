import type { EnterpriseOfficer } from "@hanyouxu/api";
import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskName, maskPhone } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { lockEnterprise } from "../enterprises/enterprises.ts";
import { personOfPhone } from "./person-of-phone.ts";
import { deleteOfficer, type OfficerRow, selectOfficers } from "./queries.ts";

type OfficerContext = Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">;

/** An officer with name and phone in full. */
function inFull({ personalData }: Pick<AppContext, "personalData">, row: OfficerRow) {
  return {
    personId: row.person_id,
    name: personalData.open("name", row.name_ciphertext),
    phone: row.phone_ciphertext && personalData.open("phone", row.phone_ciphertext),
  };
}

/** Those who answer for an enterprise, in full: whoever calls it records the reading. */
export async function officersInFull(
  ctx: Pick<AppContext, "db" | "personalData">,
  enterpriseId: EnterpriseId,
) {
  return (await selectOfficers(ctx.db, enterpriseId)).map((row) => inFull(ctx, row));
}

export function officerOf(ctx: Pick<AppContext, "personalData">, row: OfficerRow): EnterpriseOfficer {
  const { personId, name, phone } = inFull(ctx, row);
  return {
    personId,
    name: maskName(name),
    phone: phone === null ? null : maskPhone(phone),
    grantedAt: row.granted_at.toISOString(),
  };
}

/**
 * Makes the holder of a phone a safety officer. A person whom nobody knows yet is registered under the name given; of
 * one who is known the name stays as it is.
 * @throws AppError enterprise.officer_already
 */
export async function addOfficer(
  ctx: OfficerContext,
  enterpriseId: EnterpriseId,
  { name, phone }: { name: string; phone: string },
  actor: PersonId,
): Promise<EnterpriseOfficer> {
  return await ctx.db.transaction().execute(async (tx) => {
    await lockEnterprise(tx, enterpriseId);
    const { personId, isNewPerson } = await personOfPhone(ctx, tx, { name, phone });
    const before = await selectOfficers(tx, enterpriseId);
    if (before.some((officer) => officer.person_id === personId)) {
      throw new AppError("enterprise.officer_already");
    }
    await tx
      .insertInto("role_grants")
      .values({
        role_grant_id: ctx.newId(),
        person_id: personId,
        role: "enterprise-officer",
        region_code: null,
        enterprise_id: enterpriseId,
        granted_at: new Date(ctx.clock.nowMs()),
      })
      .execute();
    const after = await selectOfficers(tx, enterpriseId);
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.officer_added",
      subject: `enterprise:${enterpriseId}`,
      details: { personId, phone: maskPhone(phone), isNewPerson },
    });
    return officerOf(ctx, after.find((officer) => officer.person_id === personId)!);
  });
}

/** @throws AppError enterprise.officer_not_found | enterprise.last_officer */
export async function removeOfficer(
  ctx: Pick<AppContext, "db" | "audit">,
  enterpriseId: EnterpriseId,
  personId: string,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await lockEnterprise(tx, enterpriseId);
    const officers = await selectOfficers(tx, enterpriseId);
    if (!officers.some((officer) => officer.person_id === personId)) {
      throw new AppError("enterprise.officer_not_found");
    }
    if (officers.length === 1) throw new AppError("enterprise.last_officer");
    await deleteOfficer(tx, enterpriseId, personId);
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.officer_removed",
      subject: `enterprise:${enterpriseId}`,
      details: { personId },
    });
  });
}
