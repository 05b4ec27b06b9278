import type { EnterpriseId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import type { TestPlatform } from "./platform.ts";

/** An order to the town's firm, points that were taken of its welder, and his appeal. */
export async function buildTownRectification(
  { ctx }: TestPlatform,
  town: {
    code: RegionCode;
    enterpriseId: EnterpriseId;
    welderId: WelderId;
    welderPersonId: PersonId;
    by: PersonId;
  },
): Promise<{ rectificationId: string; appealId: string; holder: "welder"; holderId: WelderId }> {
  const at = new Date(ctx.clock.nowMs());
  const later = new Date(ctx.clock.nowMs() + 24 * 3_600_000);
  const [rectificationId, credit_booking_id, appealId] = [ctx.newId(), ctx.newId(), ctx.newId()] as const;
  await ctx.db
    .insertInto("rectifications")
    .values({
      rectification_id: rectificationId,
      rectification_number: `ZG${town.code}-20260301-0001`,
      verification_code: `DEMO${town.code}`,
      region_code: town.code,
      enterprise_id: town.enterpriseId,
      source: "free",
      alarm_id: null,
      severity: "notice",
      title: "演示",
      status: "issued",
      answerable_person_id: null,
      issued_by: town.by,
      issued_at: at,
      round: 1,
      due_at: later,
      level: 0,
      next_at: later,
      extension_count: 0,
      policy_version: "default-1",
      act_count: 0,
    })
    .execute();
  await ctx.db
    .insertInto("credit_bookings")
    .values({
      credit_booking_id,
      welder_id: town.welderId,
      enterprise_id: null,
      region_code: town.code,
      cause: "uncertified-attempt",
      cause_id: null,
      points: -2,
      rule_version: "default-1",
      note: null,
      made_by: null,
      booked_at: at,
      returns_at: later,
      appeal_by: later,
    })
    .execute();
  await ctx.db
    .insertInto("appeals")
    .values({
      appeal_id: appealId,
      credit_booking_id,
      rectification_id: null,
      region_code: town.code,
      welder_id: town.welderId,
      enterprise_id: null,
      asked_by: town.welderPersonId,
      asked_at: at,
      reason: "演示",
      made_by: null,
      status: "open",
      decide_by: later,
      level: 0,
      next_at: later,
    })
    .execute();
  return { rectificationId, appealId, holder: "welder", holderId: town.welderId };
}
