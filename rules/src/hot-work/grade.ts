import { daysBetween, shanghaiDay, shanghaiDayStartMs } from "../civil-day.ts";
import type { LawClause } from "../clause.ts";
import { gb30871 } from "./clauses.ts";
import { type HotWorkGrade, type HotWorkPlaceFacts, hotWorkGrades } from "./facts.ts";
import type { HotWorkPolicy } from "./policy.ts";

export const gradeReasons = ["holiday", "rest-day", "special-period", "night"] as const;
/** Why hot work is graded up at an instant, GB 30871 5.1.1. */
export type GradeReason = (typeof gradeReasons)[number];

export interface RequiredGrade {
  /** Null: the place is a designated area, where GB 30871 knows no grades. */
  grade: HotWorkGrade | null;
  /** The grade of the place alone. */
  placeGrade: HotWorkGrade | null;
  /** Why it is one higher; empty when it is not. A special grade has none above it and stays. */
  upgradedFor: readonly GradeReason[];
  clause: LawClause;
}

type CalendarPolicy = Pick<
  HotWorkPolicy,
  "nightFromHour" | "nightToHour" | "holidayDays" | "workingWeekendDays" | "specialPeriodDays"
>;

/**
 * The grade that GB 30871 asks of hot work at a place and an instant. What nobody has said counts as the worse, so an
 * unknown place is of the special grade.
 */
export function gradeOfHotWork(
  place: HotWorkPlaceFacts,
  atMs: number,
  policy: CalendarPolicy,
): RequiredGrade {
  if (place.isFixedHotWorkArea === true)
    return { grade: null, placeGrade: null, upgradedFor: [], clause: gb30871("5.1.1") };
  const { grade: placeGrade, clause } = gradeOfPlace(place);
  const upgradedFor = reasonsToUpgrade(atMs, policy);
  if (upgradedFor.length === 0) return { grade: placeGrade, placeGrade, upgradedFor, clause };
  return { grade: oneGradeUp(placeGrade), placeGrade, upgradedFor, clause: gb30871("5.1.1") };
}

/** Holiday, rest day, special period and night at an instant, by the calendar of the region. */
export function reasonsToUpgrade(atMs: number, policy: CalendarPolicy): GradeReason[] {
  const day = shanghaiDay(atMs);
  // A Sunday.
  const weekday = daysBetween("1970-01-04", day) % 7;
  const isWeekend = weekday === 0 || weekday === 6;
  return [
    ...(policy.holidayDays.includes(day) ? (["holiday"] as const) : []),
    ...(isWeekend && !policy.workingWeekendDays.includes(day) ? (["rest-day"] as const) : []),
    ...(policy.specialPeriodDays.includes(day) ? (["special-period"] as const) : []),
    ...(isWithinHours(atMs, policy.nightFromHour, policy.nightToHour) ? (["night"] as const) : []),
  ];
}

/** Whether an instant lies within hours of the Shanghai day, which may run past midnight; equal hours: never. */
export function isWithinHours(atMs: number, fromHour: number, toHour: number): boolean {
  const hour = (atMs - shanghaiDayStartMs(shanghaiDay(atMs))) / 3_600_000;
  if (fromHour === toHour) return false;
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}

export function oneGradeUp(grade: HotWorkGrade): HotWorkGrade {
  return hotWorkGrades[Math.max(0, hotWorkGrades.indexOf(grade) - 1)]!;
}

/** Whether a permit of the grade `declared` covers work that asks for `required`. */
export function coversGrade(declared: HotWorkGrade, required: HotWorkGrade): boolean {
  return hotWorkGrades.indexOf(declared) <= hotWorkGrades.indexOf(required);
}

function gradeOfPlace(place: HotWorkPlaceFacts): { grade: HotWorkGrade; clause: LawClause } {
  if (place.isRunningPlantOrTankFarm !== false) return { grade: "special", clause: gb30871("5.1.2") };
  if (place.isExplosiveArea !== false || place.isPipeRack !== false)
    return { grade: "grade-1", clause: gb30871("5.1.3") };
  return { grade: "grade-2", clause: gb30871("5.1.4") };
}
