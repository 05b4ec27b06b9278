/** Appeals of welders and firms against what was booked or ordered; somebody else than who made it decides. */
import type { Appeal } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { addWorkingHours } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { endBooking } from "../credit/credit.ts";
import { cancelWithin } from "../rectification/rectification.ts";
import { type Person, scopeOf } from "../sign-in/sign-in.ts";
import { insertAppeal, lockAppeal, lockBooking, lockOrder } from "./queries.ts";
import { tellAppellant, tellDeciders } from "./tell-appeal.ts";

export type AppealContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "personalData">;

const DAY_MS = 86_400_000;

interface Subject {
  ids: { credit_booking_id: string | null; rectification_id: string | null };
  region: RegionCode;
  welderId: WelderId | null;
  enterpriseId: EnterpriseId | null;
  madeBy: PersonId | null;
  appealBy: Date;
  isOver: boolean;
}

/**
 * Appeals what is the caller's own, once and in time.
 * @returns its id
 * @throws AppError appeal.subject_not_found | .too_late | .nothing_to_appeal | .made_already
 */
export async function makeAppeal(
  ctx: AppealContext,
  person: Person,
  asked: { subject: Appeal["subject"]; subjectId: string; reason: string },
): Promise<string> {
  const nowMs = ctx.clock.nowMs();
  const appealId = ctx.newId();
  try {
    await ctx.db.transaction().execute(async (tx) => {
      const subject =
        asked.subject === "credit-booking"
          ? await ownBooking(tx, person, asked.subjectId)
          : await ownOrder(tx, person, asked.subjectId);
      if (!subject) throw new AppError("appeal.subject_not_found");
      if (subject.isOver) throw new AppError("appeal.nothing_to_appeal");
      if (subject.appealBy.getTime() <= nowMs) throw new AppError("appeal.too_late");
      const { policy, calendar } = await rectificationPolicyOf(tx, subject.region, nowMs);
      const decideBy = new Date(addWorkingHours(nowMs, policy.appealDecisionHours, calendar));
      const row = {
        appeal_id: appealId,
        ...subject.ids,
        region_code: subject.region,
        welder_id: subject.welderId,
        enterprise_id: subject.enterpriseId,
        asked_by: person.personId,
        asked_at: new Date(nowMs),
        reason: asked.reason,
        made_by: subject.madeBy,
        status: "open" as const,
        decide_by: decideBy,
        level: 0,
        next_at: decideBy,
      };
      await insertAppeal(tx, row);
      await tellDeciders(ctx, tx, row, { template: "appeal-made", key: "made" });
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "appeal.made",
        subject: `appeal:${appealId}`,
        details: { subject: asked.subject, subjectId: asked.subjectId },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("appeal.made_already");
    throw error;
  }
  return appealId;
}

/** A booking of the caller's own that took points. */
async function ownBooking(tx: Kysely<Tables>, person: Person, id: string): Promise<Subject | undefined> {
  const row = await lockBooking(tx, id);
  if (!row || row.points > 0) return undefined;
  const isOwn = row.person_id === person.personId || isOfficerOf(person, row.enterprise_id);
  if (!isOwn) return undefined;
  return {
    ids: { credit_booking_id: id, rectification_id: null },
    region: row.region_code,
    welderId: row.welder_id,
    enterpriseId: row.enterprise_id,
    madeBy: row.made_by,
    appealBy: row.appeal_by,
    isOver: row.ended_at !== null,
  };
}

/** An order to a firm of the caller's. */
async function ownOrder(tx: Kysely<Tables>, person: Person, id: string): Promise<Subject | undefined> {
  const row = await lockOrder(tx, id);
  if (!row || !isOfficerOf(person, row.enterprise_id)) return undefined;
  const issuedMs = row.issued_at.getTime();
  const { policy } = await rectificationPolicyOf(tx, row.region_code, issuedMs);
  return {
    ids: { credit_booking_id: null, rectification_id: id },
    region: row.region_code,
    welderId: null,
    enterpriseId: row.enterprise_id,
    madeBy: row.issued_by,
    appealBy: new Date(issuedMs + policy.appealDays * DAY_MS),
    isOver: row.ended_at !== null,
  };
}

function isOfficerOf(person: Person, enterpriseId: EnterpriseId | null): boolean {
  return enterpriseId !== null && scopeOf(person, "enterprise-officer").enterprises.includes(enterpriseId);
}

/**
 * Decides an appeal. Allowed, the booking ends, or the order is taken back with all that it took.
 * @throws AppError appeal.not_found | .not_open | .needs_another_person
 */
export async function decideAppeal(
  ctx: AppealContext,
  appealId: string,
  { isAllowed, reason }: { isAllowed: boolean; reason: string },
  actor: { personId: PersonId; role: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const row = await lockAppeal(tx, appealId);
    if (!row) throw new AppError("appeal.not_found");
    if (row.status !== "open") throw new AppError("appeal.not_open");
    if ([row.made_by, row.asked_by].includes(actor.personId))
      throw new AppError("appeal.needs_another_person");
    const now = new Date(ctx.clock.nowMs());
    const decided = {
      status: isAllowed ? ("allowed" as const) : ("refused" as const),
      decided_by: actor.personId,
      decided_at: now,
      decision_reason: reason,
      next_at: null,
    };
    await tx.updateTable("appeals").set(decided).where("appeal_id", "=", appealId).execute();
    if (isAllowed && row.credit_booking_id !== null)
      await endBooking(tx, row.credit_booking_id, "appeal", now);
    if (isAllowed && row.rectification_id !== null)
      await takeBack(ctx, tx, row.rectification_id, reason, actor);
    await tellAppellant(ctx, tx, row, isAllowed);
    await ctx.audit.record(tx, {
      actor: actor.personId,
      action: `appeal.${decided.status}`,
      subject: `appeal:${appealId}`,
      details: { reason },
    });
  });
}

/** An order that is over meanwhile stays as it is. */
async function takeBack(
  ctx: AppealContext,
  tx: Kysely<Tables>,
  rectificationId: string,
  reason: string,
  actor: { personId: PersonId; role: string },
): Promise<void> {
  const order = await lockOrder(tx, rectificationId);
  if (order?.ended_at !== null) return;
  await cancelWithin(ctx, tx, rectificationId, { reason, what: "appeal-allowed" }, actor);
}

export { passAppealTime } from "./pass-time.ts";
export { countAppeals } from "./queries.ts";
