import type { EnterpriseId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { bookedPoints, type CreditCause, creditRuleFor } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { selectOfficers } from "../enterprise-people/enterprise-people.ts";
import { tell } from "../telling/telling.ts";
import { type Ending, endBookingsOfCause, insertBooking } from "./queries.ts";
import { creditRulesAt } from "./rule-versions.ts";

export type BookContext = Pick<AppContext, "clock" | "newId">;
export type HolderId = { kind: "welder"; id: WelderId } | { kind: "enterprise"; id: EnterpriseId };

const DAY_MS = 86_400_000;

export interface NewBooking {
  cause: CreditCause;
  /** The alarm, the decision, the order; null: training. */
  causeId: string | null;
  holder: HolderId;
  /** Under whose rules. */
  region: RegionCode;
  /** Who brought it about, and so does not decide an appeal; null: the platform alone. */
  madeBy: PersonId | null;
  note?: string;
  /** At most so many points, where they are given. */
  mostPoints?: number;
}

/**
 * Books what the region's rules in force say of a cause, once, and tells whose points they are; nothing where the rules
 * say nothing. Within the caller's transaction.
 * @returns whether something was booked
 */
export async function bookCredit(
  ctx: BookContext,
  tx: Kysely<Tables>,
  booking: NewBooking,
): Promise<boolean> {
  const nowMs = ctx.clock.nowMs();
  const { cause, causeId, holder, region, madeBy, note = null, mostPoints } = booking;
  const { version, ...rules } = await creditRulesAt(tx, region, nowMs);
  const rule = creditRuleFor(rules, cause, holder.kind);
  if (!rule) return false;
  const points = bookedPoints({ cause, points: Math.min(rule.points, mostPoints ?? rule.points) });
  const { policy } = await rectificationPolicyOf(tx, region, nowMs);
  const isNew = await insertBooking(tx, {
    credit_booking_id: ctx.newId(),
    welder_id: holder.kind === "welder" ? holder.id : null,
    enterprise_id: holder.kind === "enterprise" ? holder.id : null,
    region_code: region,
    cause,
    cause_id: causeId,
    points,
    rule_version: version,
    note,
    made_by: madeBy,
    booked_at: new Date(nowMs),
    returns_at: points < 0 ? new Date(nowMs + rules.returnsAfterDays * DAY_MS) : null,
    appeal_by: new Date(nowMs + policy.appealDays * DAY_MS),
  });
  if (!isNew) return false;
  await tell(ctx, tx, {
    personIds: await peopleOf(tx, holder),
    topic: "credit",
    severity: "notice",
    subject: { kind: "credit", id: holder.id },
    template: points < 0 ? "credit-taken" : "credit-given",
    words: { points: Math.abs(points), cause },
    onceKey: `credit:${causeId ?? nowMs}:${cause}:${holder.id}:${nowMs}`,
  });
  return true;
}

/** What was booked for a cause holds no longer: it was false, allowed on appeal, or taken back. */
export async function endBookings(
  ctx: Pick<AppContext, "clock">,
  tx: Kysely<Tables>,
  causeId: string,
  why: Ending,
): Promise<void> {
  await endBookingsOfCause(tx, causeId, why, new Date(ctx.clock.nowMs()));
}

/** The welder himself, or the officers of the firm. */
export async function peopleOf(tx: Kysely<Tables>, holder: HolderId): Promise<PersonId[]> {
  if (holder.kind === "enterprise") {
    return (await selectOfficers(tx, holder.id)).map(({ person_id }) => person_id);
  }
  const row = await tx
    .selectFrom("welders")
    .select("person_id")
    .where("welder_id", "=", holder.id)
    .executeTakeFirstOrThrow();
  return [row.person_id];
}
