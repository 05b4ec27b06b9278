import {
  choice,
  days,
  defaultPolicy,
  number,
  type PolicyOf,
  type PolicyProblem,
  policyFrom,
} from "../policy-field.ts";

/**
 * What a region decides about hot work: where the law says "night", "holiday" or nothing at all. What the law itself
 * counts (hours of a ticket, limits of gas, distances) stands in the rules and no region changes it.
 */
export const hotWorkPolicyFields = {
  nightFromHour: number(20, 0, 24, "h", "夜间从几点开始", "hour at which night begins"),
  nightToHour: number(6, 0, 24, "h", "夜间到几点结束", "hour at which night ends"),
  holidayDays: days("法定节假日（放假的日子）", "public holidays, every day that is off"),
  workingWeekendDays: days("调休上班的周末", "Saturdays and Sundays that are worked"),
  specialPeriodDays: days("其他须升级管理的日子", "other days on which hot work is graded up"),
  curfewFromHour: number(0, 0, 24, "h", "禁止动火从几点开始", "hour at which hot work becomes forbidden"),
  curfewToHour: number(
    0,
    0,
    24,
    "h",
    "禁止动火到几点结束（与开始相同：不禁止）",
    "hour until which it is; the same as the beginning: never",
  ),
  crowdedPlaceInOpeningHours: choice(
    ["refuse", "allow-separated"],
    "refuse",
    "人员密集场所营业期间动火",
    "hot work in a crowded place in opening hours",
  ),
  permitHours: number(
    8,
    1,
    72,
    "h",
    "法规没有规定时动火作业票的最长时间",
    "longest permit where no law says how long",
  ),
  smoulderWatchMinutes: number(60, 30, 480, "min", "余火连续监护时间", "continuous watch after the work"),
  smoulderChecksMinutes: number(
    60,
    0,
    480,
    "min",
    "有可燃结构、保温材料或粉尘时，之后继续检查的时间",
    "further checks where construction, insulation or dust could smoulder",
  ),
  smoulderCheckEveryMinutes: number(
    20,
    5,
    60,
    "min",
    "两次检查的最长间隔",
    "longest time between two checks",
  ),
} as const;

/** The values in force in a region, with the version that names them in the audit. */
export type HotWorkPolicy = PolicyOf<typeof hotWorkPolicyFields>;

/** A hot-work policy from regional overrides; see policy-field.ts. */
export function hotWorkPolicy(
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: HotWorkPolicy } | { ok: false; problems: PolicyProblem[] } {
  return policyFrom(hotWorkPolicyFields, overrides);
}

/** The values every region starts with. */
export const defaultHotWorkPolicy: HotWorkPolicy = defaultPolicy(hotWorkPolicyFields);
