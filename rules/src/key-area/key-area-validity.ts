import { addDays, type CivilDay, shanghaiDay, shanghaiOffsetMs } from "../civil-day.ts";

/** Hours on some days of the week, Asia/Shanghai. */
export interface OpeningHours {
  /** 1 Monday … 7 Sunday. */
  weekdays: readonly number[];
  /** `HH:MM`. */
  opensAt: string;
  /** `HH:MM`, also `24:00`; at or before `opensAt`: on the next day. */
  closesAt: string;
}

/** Days on which something else holds, both inclusive, Asia/Shanghai. */
export interface SpecialPeriod {
  name: string;
  fromDay: CivilDay;
  untilDay: CivilDay;
  /** forbidden: no hot work at all; closed: shut to the public, so that the opening hours do not count. */
  rule: "forbidden" | "closed";
}

/** When a key area is one, and when the public is inside. */
export interface KeyAreaValidity {
  /** The first instant at which it counts, ISO 8601; null: since ever. */
  from: string | null;
  /** The first instant at which it counts no more; null: for ever. */
  until: string | null;
  /** None: the public is never inside. */
  openingHours: readonly OpeningHours[];
  specialPeriods: readonly SpecialPeriod[];
}

/** True while the area counts as a key area at all. */
export function isKeyAreaInForce(validity: Pick<KeyAreaValidity, "from" | "until">, atMs: number): boolean {
  const { from, until } = validity;
  return (from === null || Date.parse(from) <= atMs) && (until === null || atMs < Date.parse(until));
}

/** The special period that forbids all hot work at an instant, if any. */
export function forbiddenPeriod(
  { specialPeriods }: Pick<KeyAreaValidity, "specialPeriods">,
  atMs: number,
): SpecialPeriod | undefined {
  const day = shanghaiDay(atMs);
  return specialPeriods.find((period) => period.rule === "forbidden" && covers(period, day));
}

/** True while the public is inside. */
export function isOpenToPublic(
  { openingHours, specialPeriods }: Pick<KeyAreaValidity, "openingHours" | "specialPeriods">,
  atMs: number,
): boolean {
  const today = shanghaiDay(atMs);
  const minutes = Math.floor((atMs + shanghaiOffsetMs) / 60_000) % 1440;
  /** Hours belong to the day on which they begin. */
  const isOpenSince = (day: CivilDay, minutesSince: number) =>
    !specialPeriods.some((period) => period.rule === "closed" && covers(period, day)) &&
    openingHours.some(({ weekdays, opensAt, closesAt }) => {
      const opens = minutesOf(opensAt);
      const closes = minutesOf(closesAt);
      const end = closes > opens ? closes : closes + 1440;
      return weekdays.includes(weekdayOf(day)) && opens <= minutesSince && minutesSince < end;
    });
  return isOpenSince(today, minutes) || isOpenSince(addDays(today, -1), minutes + 1440);
}

function covers({ fromDay, untilDay }: SpecialPeriod, day: CivilDay): boolean {
  return fromDay <= day && day <= untilDay;
}

/** Minutes from midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(day: CivilDay): number {
  const days = Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  return ((((days + 3) % 7) + 7) % 7) + 1;
}
