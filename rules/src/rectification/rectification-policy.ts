import type { AlarmSeverity } from "../alarm/alarm-kind.ts";
import type { HotWorkPolicy } from "../hot-work/policy.ts";
import {
  choice,
  defaultPolicy,
  number,
  type PolicyOf,
  type PolicyProblem,
  policyFrom,
} from "../policy-field.ts";
import type { WorkCalendar } from "./working-time.ts";

const hours = (value: number, zh: string, en: string) => number(value, 1, 2_000, "h", zh, en);

/** Regional numbers of rectification, of credit and of appeals. Hours are working hours unless they say otherwise. */
export const rectificationPolicyFields = {
  workFromHour: number(9, 0, 12, "h", "工作时间从几点开始", "hour at which working time begins"),
  workUntilHour: number(17, 13, 24, "h", "工作时间到几点结束", "hour at which working time ends"),
  dangerHours: hours(8, "危险级整改期限（工作小时）", "working hours to rectify a danger"),
  warningHours: hours(40, "警告级整改期限（工作小时）", "working hours to rectify a warning"),
  noticeHours: hours(120, "提示级整改期限（工作小时）", "working hours to rectify a notice"),
  reinspectionHours: hours(
    16,
    "单位提交后多少工作小时内复查",
    "working hours to re-inspect after the firm has handed in",
  ),
  escalationHours: hours(
    8,
    "逾期后每隔多少工作小时上升一级",
    "working hours after which what is overdue goes a level up",
  ),
  mostExtensions: number(1, 0, 5, "", "一轮整改最多准许几次延期", "extensions that one round may be granted"),
  lockOverdue: choice(
    ["never", "danger", "always"],
    "never",
    "整改逾期时锁定涉及的焊机：never 不锁，danger 危险级才锁，always 都锁",
    "whether machines of an overdue order are locked: never, for dangers, always",
  ),
  creditShownBelow: number(
    60,
    0,
    100,
    "",
    "信用分低于多少提示监管人员",
    "credit below which staff are shown a warning",
  ),
  appealDays: number(15, 1, 180, "d", "申诉期限（自然日）", "calendar days within which to appeal"),
  appealDecisionHours: hours(40, "申诉答复期限（工作小时）", "working hours to decide an appeal"),
} as const;

/** The numbers in force, with the version that names them. */
export type RectificationPolicy = PolicyOf<typeof rectificationPolicyFields>;

/** What every region starts with. */
export const defaultRectificationPolicy: RectificationPolicy = defaultPolicy(rectificationPolicyFields);

/** A policy from regional overrides, the defaults for what they leave out, or what is wrong with them. */
export function rectificationPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: RectificationPolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(rectificationPolicyFields, overrides);
}

/** Working hours that a firm has for an order of this severity. */
export function rectificationHours(severity: AlarmSeverity, policy: RectificationPolicy): number {
  return policy[`${severity}Hours`];
}

/** Whether an overdue order of this severity locks its machines. */
export function locksWhenOverdue(severity: AlarmSeverity, { lockOverdue }: RectificationPolicy): boolean {
  return lockOverdue === "always" || (lockOverdue === "danger" && severity === "danger");
}

/** Working time of a region: its hours, and the days off that its policy of hot work names. */
export function workCalendarOf(
  { workFromHour, workUntilHour }: Pick<RectificationPolicy, "workFromHour" | "workUntilHour">,
  { holidayDays, workingWeekendDays }: Pick<HotWorkPolicy, "holidayDays" | "workingWeekendDays">,
): WorkCalendar {
  return {
    fromHour: workFromHour,
    untilHour: workUntilHour,
    holidays: holidayDays,
    workingWeekends: workingWeekendDays,
  };
}
