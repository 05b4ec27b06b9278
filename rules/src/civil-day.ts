/**
 * Days of the civil calendar in Asia/Shanghai, which has kept UTC+8 without summer time since 1991-09-15.
 * Certificates and laws are dated in such days; instants are milliseconds.
 */

/** `YYYY-MM-DD`. Days of this form compare as strings do. */
export type CivilDay = string;

export const shanghaiOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The Shanghai day on which the instant falls. */
export function shanghaiDay(atMs: number): CivilDay {
  return dayOfNumber(Math.floor((atMs + shanghaiOffsetMs) / dayMs));
}

/** The first instant of a Shanghai day; NaN when `day` is no day of the calendar. */
export function shanghaiDayStartMs(day: CivilDay): number {
  return numberOfDay(day) * dayMs - shanghaiOffsetMs;
}

/** True for `YYYY-MM-DD` that exists in the Gregorian calendar. */
export function isCivilDay(value: string): boolean {
  return !Number.isNaN(numberOfDay(value));
}

export function addDays(day: CivilDay, days: number): CivilDay {
  return dayOfNumber(numberOfDay(day) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDay, to: CivilDay): number {
  return numberOfDay(to) - numberOfDay(from);
}

/** Days since 1970-01-01, by counting years from March so that the leap day comes last. NaN for a day that is none. */
function numberOfDay(day: CivilDay): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return Number.NaN;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || date < 1) return Number.NaN;
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = (month + 9) % 12;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const number = era * 146_097 + dayOfEra - 719_468;
  return dayOfNumber(number) === day ? number : Number.NaN;
}

function dayOfNumber(number: number): CivilDay {
  if (!Number.isFinite(number)) return "invalid";
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
