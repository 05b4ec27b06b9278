import { type StatisticsDimension, statisticsTimes } from "@hanyouxu/api";
import { addDays, type CivilDay, daysBetween } from "@hanyouxu/rules";

/** Days, both included. */
export interface Period {
  from: CivilDay;
  to: CivilDay;
}
export type TimeGrain = (typeof statisticsTimes)[number];

export const timeOf = (dimensions: readonly StatisticsDimension[]): TimeGrain | undefined =>
  statisticsTimes.find((time) => dimensions.includes(time));

export const monthOf = (day: CivilDay): string => day.slice(0, 7);
const firstOf = (day: CivilDay): CivilDay => `${monthOf(day)}-01`;

export function addMonths(month: string, months: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));

const isWholeMonths = ({ from, to }: Period): boolean =>
  from.endsWith("-01") && addDays(to, 1).endsWith("-01");

/** As long, and ending where this one begins: whole months before whole months, else as many days. */
export function previousPeriod(period: Period): Period {
  const to = addDays(period.from, -1);
  if (isWholeMonths(period)) {
    const months = monthsBetween(monthOf(period.from), monthOf(period.to)) + 1;
    return { from: `${addMonths(monthOf(period.from), -months)}-01`, to };
  }
  return { from: addDays(to, -daysBetween(period.from, period.to)), to };
}

/** The whole months within a period, and the days before and after them. */
export function splitMonths({ from, to }: Period): { months: Period | undefined; days: Period[] } {
  const start = from.endsWith("-01") ? from : `${addMonths(monthOf(from), 1)}-01`;
  const end = addDays(firstOf(addDays(to, 1)), -1);
  if (start > end) return { months: undefined, days: [{ from, to }] };
  const before = { from, to: addDays(start, -1) };
  const after = { from: addDays(end, 1), to };
  return { months: { from: start, to: end }, days: [before, after].filter((part) => part.from <= part.to) };
}

/** Every point of time of a period, as the keys of answers write them. */
export function pointsOf(period: Period, grain: TimeGrain): string[] {
  if (grain === "month") {
    const first = monthOf(period.from);
    return Array.from({ length: monthsBetween(first, monthOf(period.to)) + 1 }, (_, at) =>
      addMonths(first, at),
    );
  }
  const days = Array.from({ length: daysBetween(period.from, period.to) + 1 }, (_, at) =>
    addDays(period.from, at),
  );
  if (grain === "day") return days;
  const hours = days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => `${day}T${two(hour)}`));
  if (grain === "hour") return hours;
  return hours.flatMap((hour) => Array.from({ length: 60 }, (_, minute) => `${hour}:${two(minute)}`));
}

const two = (value: number): string => String(value).padStart(2, "0");
