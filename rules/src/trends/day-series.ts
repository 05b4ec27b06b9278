import { addDays, type CivilDay, daysBetween } from "../civil-day.ts";
import type { WorkCalendar } from "../rectification/working-time.ts";

/** Figures of whole days without a gap, the oldest first: one a day, or one an hour (Asia/Shanghai). */
export interface DaySeries {
  firstDay: CivilDay;
  /** How many figures a day has: 24 of hours, 1 of days. */
  perDay: number;
  /** As many as days × `perDay`. */
  values: readonly number[];
}

/** The days that a region has off and the weekends that it works. */
export type DaysOff = Pick<WorkCalendar, "holidays" | "workingWeekends">;

/** What kind of day it is for work: by its weekday, a public holiday, or a weekend that is worked. */
export type DayKind = { kind: "ordinary"; weekday: number } | { kind: "holiday" } | { kind: "made-up" };

/** 1970-01-01 was a Thursday. */
const THURSDAY = 4;

/** 0 is Sunday. */
export function weekdayOf(day: CivilDay): number {
  return (((daysBetween("1970-01-01", day) + THURSDAY) % 7) + 7) % 7;
}

/** What kind of day a day is. A weekend that is worked goes before a holiday, as in the law's lists. */
export function dayKindOf(day: CivilDay, daysOff: DaysOff): DayKind {
  if (daysOff.workingWeekends.includes(day)) return { kind: "made-up" };
  if (daysOff.holidays.includes(day)) return { kind: "holiday" };
  return { kind: "ordinary", weekday: weekdayOf(day) };
}

/** How many days a series has. */
export function daysIn({ values, perDay }: DaySeries): number {
  return Math.floor(values.length / perDay);
}

/** The first day after a series. */
export function dayAfter(series: DaySeries): CivilDay {
  return addDays(series.firstDay, daysIn(series));
}

/** The first `days` days of a series: what was known then. */
export function firstDays(series: DaySeries, days: number): DaySeries {
  return { ...series, values: series.values.slice(0, days * series.perDay) };
}
