import { addDays, type CivilDay, shanghaiDay, shanghaiDayStartMs } from "../civil-day.ts";

const HOUR_MS = 3_600_000;
/** 1970-01-01 was a Thursday. */
const THURSDAY = 4;
const DAY_MS = 24 * HOUR_MS;
/** Beyond this no calendar of days off can be right: ten years. */
const MOST_DAYS = 3_660;

/** When a region works: the same hours on every working day, Asia/Shanghai. */
export interface WorkCalendar {
  fromHour: number;
  untilHour: number;
  /** Public holidays, every day that is off. */
  holidays: readonly CivilDay[];
  /** Saturdays and Sundays that are worked. */
  workingWeekends: readonly CivilDay[];
}

/** Whether a day is worked: Monday to Friday without holidays, and weekends that are worked. */
export function isWorkingDay(day: CivilDay, calendar: WorkCalendar): boolean {
  if (calendar.workingWeekends.includes(day)) return true;
  if (calendar.holidays.includes(day)) return false;
  const weekday = (Math.round(shanghaiDayStartMs(day) / DAY_MS + 1 / 3) + THURSDAY) % 7;
  return weekday !== 0 && weekday !== 6;
}

/**
 * The instant at which so many working hours have passed since `atMs`, milliseconds since 1970. Time outside working
 * hours does not count; a span that is used up at the end of a day ends then, not on the next morning.
 * @throws RangeError for a calendar without working time
 */
export function addWorkingHours(atMs: number, hours: number, calendar: WorkCalendar): number {
  if (calendar.untilHour <= calendar.fromHour) throw new RangeError("a calendar without working hours");
  let leftMs = hours * HOUR_MS;
  let day = shanghaiDay(atMs);
  for (let count = 0; count < MOST_DAYS; count++, day = addDays(day, 1)) {
    if (!isWorkingDay(day, calendar)) continue;
    const startMs = shanghaiDayStartMs(day);
    const fromMs = Math.max(atMs, startMs + calendar.fromHour * HOUR_MS);
    const untilMs = startMs + calendar.untilHour * HOUR_MS;
    if (fromMs >= untilMs) continue;
    if (leftMs <= untilMs - fromMs) return fromMs + leftMs;
    leftMs -= untilMs - fromMs;
  }
  throw new RangeError("a calendar without working days");
}
