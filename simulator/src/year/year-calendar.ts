const DAY_MS = 86_400_000;

/** A year with two Spring Festivals' worth of lead: July to June, so that the festival lies in its middle. */
export const YEAR_FIRST_DAY = "2025-07-01";
export const YEAR_DAYS = 365;

/** Days off and worked weekends as the State Council announced them, from July 2025 to the end of 2026. */
const HOLIDAYS: readonly (readonly [from: string, days: number])[] = [
  ["2025-10-01", 8],
  ["2026-01-01", 3],
  ["2026-02-15", 9],
  ["2026-04-04", 3],
  ["2026-05-01", 5],
  ["2026-06-19", 3],
  ["2026-09-25", 3],
  ["2026-10-01", 7],
];
export const yearWorkingWeekends: readonly string[] = [
  "2025-09-28",
  "2025-10-11",
  "2026-01-04",
  "2026-02-14",
  "2026-02-28",
  "2026-05-09",
  "2026-09-20",
  "2026-10-10",
];
export const yearHolidays: readonly string[] = HOLIDAYS.flatMap(([from, days]) =>
  Array.from({ length: days }, (_, ahead) => dayFrom(from, ahead)),
);

const SPRING_FESTIVAL = { from: "2026-02-15", until: "2026-02-23" };
/** Migrant workers leave before and return after. */
const LEAVING_DAYS = 12;
const RETURNING_DAYS = 14;

/** `YYYY-MM-DD`, so many days after. */
export function dayFrom(day: string, ahead: number): string {
  return new Date(Date.parse(day) + ahead * DAY_MS).toISOString().slice(0, 10);
}

/** What a day has of a full day's work by its place in the calendar alone, 0–1. */
export function calendarShare(day: string): number {
  const weekday = new Date(Date.parse(day)).getUTCDay();
  const ofWeek = weekday === 0 ? 0.38 : weekday === 6 ? 0.62 : 1;
  const around = aroundSpringFestival(day);
  if (yearWorkingWeekends.includes(day)) return 0.93 * around;
  if (!yearHolidays.includes(day)) return ofWeek * around;
  return day >= SPRING_FESTIVAL.from && day <= SPRING_FESTIVAL.until ? 0.06 : 0.33;
}

function aroundSpringFestival(day: string): number {
  const before = (Date.parse(SPRING_FESTIVAL.from) - Date.parse(day)) / DAY_MS;
  const after = (Date.parse(day) - Date.parse(SPRING_FESTIVAL.until)) / DAY_MS;
  if (before > 0 && before <= LEAVING_DAYS) return 0.35 + 0.65 * (before / LEAVING_DAYS);
  if (after > 0 && after <= RETURNING_DAYS) return 0.3 + 0.7 * (after / RETURNING_DAYS);
  return 1;
}
