import type { CreditAccount, CreditBooking, CreditDetail } from "@hanyouxu/api";
import { type CreditHolder, creditCauseTitle } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { policyFrom, rectificationPolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";
import { type AccountRow, type BookingRow, selectBookings } from "./queries.ts";

type ViewContext = Pick<AppContext, "db" | "clock" | "personalData">;

/** Names of welders are masked. @param shownBelow the warning line of the region */
export function accountOf(
  { personalData }: Pick<AppContext, "personalData">,
  holder: CreditHolder,
  row: AccountRow,
  shownBelow: number,
): CreditAccount {
  return {
    holder,
    holderId: row.holder_id,
    name: row.name_ciphertext ? maskName(personalData.open("name", row.name_ciphertext)) : row.name!,
    region: row.region_code,
    regionName: row.region_name,
    credit: row.credit,
    isLow: row.credit < shownBelow,
  };
}

/** An account with its bookings, and what its region makes of the points. */
export async function creditDetailOf(
  ctx: ViewContext,
  holder: CreditHolder,
  row: AccountRow,
): Promise<CreditDetail> {
  const stored = await storedPolicyOf(ctx.db, row.region_code, ctx.clock.nowMs());
  const bookings = await selectBookings(ctx.db, holder, row.holder_id);
  return {
    ...accountOf(ctx, holder, row, rectificationPolicyFrom(stored).creditShownBelow),
    leastToStart: holder === "welder" ? policyFrom(stored).leastCreditToStart : 0,
    bookings: bookings.map((booking) => bookingOf(booking, ctx.clock.nowMs())),
  };
}

function bookingOf(row: BookingRow, nowMs: number): CreditBooking {
  const mayAppeal =
    row.points < 0 && row.ended_at === null && row.appeal_id === null && row.appeal_by.getTime() > nowMs;
  return {
    creditBookingId: row.credit_booking_id,
    cause: row.cause,
    title: { ...creditCauseTitle(row.cause) },
    causeId: row.cause_id,
    points: row.points,
    ruleVersion: row.rule_version,
    note: row.note,
    bookedAt: row.booked_at.toISOString(),
    returnsAt: row.returns_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedWhy: row.ended_why,
    appealBy: mayAppeal ? row.appeal_by.toISOString() : null,
    appeal:
      row.appeal_id && row.appeal_status ? { appealId: row.appeal_id, status: row.appeal_status } : null,
  };
}
