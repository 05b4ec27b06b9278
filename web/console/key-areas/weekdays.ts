/** Words of the days of the week, Monday first: the API counts them from 1. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export function weekdayWord(day: number): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[day - 1] ?? "mon";
}
