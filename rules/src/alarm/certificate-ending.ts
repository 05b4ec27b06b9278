import { type CivilDay, daysBetween } from "../civil-day.ts";
import type { AlarmPolicy } from "./alarm-policy.ts";

/**
 * Whether a certificate is about to end, or its review falls due, on a day: what comes first, the last day included.
 * `isUrgent`: within the shorter of the policy's two times. Null: not yet, or over already.
 */
export function certificateEnding(
  { validToDay, reviewDueDay }: { validToDay: CivilDay; reviewDueDay: CivilDay | null },
  today: CivilDay,
  {
    certificateWarnDays,
    certificateUrgentDays,
  }: Pick<AlarmPolicy, "certificateWarnDays" | "certificateUrgentDays">,
): { daysLeft: number; isUrgent: boolean } | null {
  const lastDay = reviewDueDay !== null && reviewDueDay < validToDay ? reviewDueDay : validToDay;
  const daysLeft = daysBetween(today, lastDay);
  if (daysLeft < 0 || daysLeft > Math.max(certificateWarnDays, certificateUrgentDays)) return null;
  return { daysLeft, isUrgent: daysLeft <= certificateUrgentDays };
}
