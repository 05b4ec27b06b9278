import type { PersonId } from "@hanyouxu/protocol";
import { addDays, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** A shift of every week, by local times; ends at or before starts: on the next day. */
export interface PatternShift {
  id: string;
  personId: PersonId;
  /** 1 Monday … 7 Sunday. */
  weekday: number;
  startsAt: string;
  endsAt: string;
  fromDay: string;
  untilDay: string | null;
}

export type RosterException = { id: string; personId: PersonId; day: string; reason: string } & (
  | { kind: "absent" }
  | { kind: "extra"; startsAt: string; endsAt: string }
);

export interface Roster {
  pattern: readonly PatternShift[];
  exceptions: readonly RosterException[];
}

export interface Shift {
  personId: PersonId;
  /** The day it begins on. */
  day: string;
  startsMs: number;
  endsMs: number;
  source: "pattern" | "extra";
  /** Of the pattern's shift, or of the exception. */
  id: string;
}

/** The shifts that begin on the days from `fromDay` to `toDay`, in the order of their start. */
export function shiftsBetween({ pattern, exceptions }: Roster, fromDay: string, toDay: string): Shift[] {
  const shifts: Shift[] = [];
  for (let day = fromDay; day <= toDay; day = addDays(day, 1)) {
    const today = exceptions.filter((exception) => exception.day === day);
    const absent = new Set(today.filter(({ kind }) => kind === "absent").map(({ personId }) => personId));
    for (const shift of pattern) {
      const holds = shift.fromDay <= day && (shift.untilDay === null || day <= shift.untilDay);
      if (holds && shift.weekday === weekdayOf(day) && !absent.has(shift.personId)) {
        shifts.push(shiftOn(day, shift, "pattern"));
      }
    }
    for (const exception of today) {
      if (exception.kind === "extra") shifts.push(shiftOn(day, exception, "extra"));
    }
  }
  return shifts.sort((left, right) => left.startsMs - right.startsMs);
}

/** The shifts that go on at an instant: those that began yesterday too. */
export function shiftsAt(roster: Roster, atMs: number): Shift[] {
  const today = shanghaiDay(atMs);
  return shiftsBetween(roster, addDays(today, -1), today).filter(
    ({ startsMs, endsMs }) => startsMs <= atMs && atMs < endsMs,
  );
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day));
}

function shiftOn(
  day: string,
  { id, personId, startsAt, endsAt }: { id: string; personId: PersonId; startsAt: string; endsAt: string },
  source: Shift["source"],
): Shift {
  const dayStartMs = shanghaiDayStartMs(day);
  const [from, until] = [msOf(startsAt), msOf(endsAt)];
  const endsMs = dayStartMs + (until > from ? until : until + DAY_MS);
  return { personId, day, startsMs: dayStartMs + from, endsMs, source, id };
}

function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}
