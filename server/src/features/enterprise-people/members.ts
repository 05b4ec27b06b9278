import type { EnterpriseWelder } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, WelderId } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import { AppError } from "../../errors.ts";
import { closeInvitation, findPersonByPhone, removeWelder, selectPeople, worksFor } from "./queries.ts";

type MemberContext = Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">;

/** Who works for an enterprise, a page of them, names masked. */
export async function listPeople(
  ctx: Pick<AppContext, "db" | "clock" | "personalData">,
  enterpriseId: EnterpriseId,
  { page, pageSize, relation }: { page: number; pageSize: number; relation?: string | undefined },
): Promise<{ items: EnterpriseWelder[]; total: number; page: number; pageSize: number }> {
  const rows = await selectPeople(ctx.db, enterpriseId, {
    today: shanghaiDay(ctx.clock.nowMs()),
    relation,
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const items = rows.map((row) => ({
    welderId: row.welder_id,
    name: maskName(ctx.personalData.open("name", row.name_ciphertext)),
    relation: row.relation,
    throughName: row.through_name,
    status: row.status,
    certificateCount: row.certificate_count,
    isListed: row.is_listed,
  }));
  return { items, total: rows[0]?.total ?? 0, page, pageSize };
}

/**
 * Staff make a welder a member at once; an officer asks him, and he answers on his phone.
 * @throws AppError enterprise.welder_not_found | enterprise.welder_already
 */
export async function addWelder(
  ctx: MemberContext,
  enterpriseId: EnterpriseId,
  phone: string,
  by: { personId: PersonId; isStaff: boolean },
): Promise<{ welderId: WelderId; relation: "member" | "invited" }> {
  const found = await findPersonByPhone(ctx.db, ctx.personalData.blindIndex("phone", phone));
  const welderId = found?.welder_id;
  if (!welderId) throw new AppError("enterprise.welder_not_found");
  const now = new Date(ctx.clock.nowMs());
  const whose = { enterprise_id: enterpriseId, welder_id: welderId };
  try {
    await ctx.db.transaction().execute(async (tx) => {
      const member = await tx
        .selectFrom("enterprise_welders")
        .select("welder_id")
        .where("enterprise_id", "=", enterpriseId)
        .where("welder_id", "=", welderId)
        .executeTakeFirst();
      if (member) throw new AppError("enterprise.welder_already");
      if (by.isStaff) {
        await removeWelder(tx, enterpriseId, welderId);
        await tx
          .insertInto("enterprise_welders")
          .values({ ...whose, added_by: by.personId, added_at: now })
          .execute();
      } else {
        await tx
          .insertInto("welder_invitations")
          .values({ ...whose, invitation_id: ctx.newId(), invited_by: by.personId, invited_at: now })
          .execute();
      }
      await ctx.audit.record(tx, {
        actor: by.personId,
        action: by.isStaff ? "enterprise.welder_added" : "enterprise.welder_invited",
        subject: `enterprise:${enterpriseId}`,
        details: { welderId },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("enterprise.welder_already");
    throw error;
  }
  return { welderId, relation: by.isStaff ? "member" : "invited" };
}

/** Ends a membership or takes an invitation back. @throws AppError enterprise.welder_not_found */
export async function dropWelder(
  ctx: Pick<AppContext, "db" | "audit">,
  enterpriseId: EnterpriseId,
  welderId: string,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await removeWelder(tx, enterpriseId, welderId))) throw new AppError("enterprise.welder_not_found");
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.welder_removed",
      subject: `enterprise:${enterpriseId}`,
      details: { welderId },
    });
  });
}

/** The welder's own answer; only his yes makes him a member. @throws AppError enterprise.invitation_not_found */
export async function answerInvitation(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  { welderId, personId }: { welderId: WelderId; personId: PersonId },
  invitationId: string,
  isAccepted: boolean,
): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  await ctx.db.transaction().execute(async (tx) => {
    const invitation = await closeInvitation(tx, invitationId, welderId, isAccepted, now);
    if (!invitation) throw new AppError("enterprise.invitation_not_found");
    const { enterprise_id, invited_by: added_by } = invitation;
    if (isAccepted) {
      await tx
        .insertInto("enterprise_welders")
        .values({ enterprise_id, welder_id: welderId, added_by, added_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await ctx.audit.record(tx, {
      actor: personId,
      action: isAccepted ? "enterprise.invitation_accepted" : "enterprise.invitation_declined",
      subject: `enterprise:${enterprise_id}`,
      details: { welderId },
    });
  });
}

/** Only listed welders may start the machines, or everybody who works for the enterprise again. */
export async function setWhitelistRule(
  ctx: Pick<AppContext, "db" | "audit">,
  enterpriseId: EnterpriseId,
  allowsListedOnly: boolean,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await tx
      .updateTable("enterprises")
      .set({ allows_listed_only: allowsListedOnly })
      .where("enterprise_id", "=", enterpriseId)
      .execute();
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.whitelist_rule_set",
      subject: `enterprise:${enterpriseId}`,
      details: { allowsListedOnly },
    });
  });
}

/** Puts who works for an enterprise on its list, or off it. @throws AppError enterprise.welder_not_found */
export async function setListed(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  enterpriseId: EnterpriseId,
  welderId: string,
  isListed: boolean,
  actor: PersonId,
): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  await ctx.db.transaction().execute(async (tx) => {
    const whose = { enterprise_id: enterpriseId, welder_id: welderId as WelderId };
    if (isListed) {
      if (!(await worksFor(tx, enterpriseId, welderId, shanghaiDay(nowMs)))) {
        throw new AppError("enterprise.welder_not_found");
      }
      await tx
        .insertInto("enterprise_whitelists")
        .values({ ...whose, listed_by: actor, listed_at: new Date(nowMs) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    } else {
      await tx
        .deleteFrom("enterprise_whitelists")
        .where("enterprise_id", "=", whose.enterprise_id)
        .where("welder_id", "=", whose.welder_id)
        .execute();
    }
    await ctx.audit.record(tx, {
      actor,
      action: isListed ? "enterprise.welder_listed" : "enterprise.welder_unlisted",
      subject: `enterprise:${enterpriseId}`,
      details: { welderId },
    });
  });
}
