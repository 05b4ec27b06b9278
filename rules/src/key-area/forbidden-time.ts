import { addDays, type CivilDay, shanghaiDay, shanghaiDayStartMs, shanghaiOffsetMs } from "../civil-day.ts";
import type { KeyAreaPolicy } from "./key-area-policy.ts";
import {
  forbiddenPeriod,
  isOpenToPublic,
  type KeyAreaValidity,
  minutesOf,
  type SpecialPeriod,
} from "./key-area-validity.ts";

/** What tells when hot work may be done in a key area. */
export type WorkTimes = Pick<KeyAreaValidity, "openingHours" | "specialPeriods"> &
  Pick<KeyAreaPolicy, "workWhileOpen">;

/** The hours of a week, and those of the day before which reach into it. */
const DAYS_UNTIL_ALL_REPEATS = 8;

/** A special period that forbids all hot work, from its first instant up to, not including, `untilMs`. */
export interface ForbiddenPeriod {
  name: string;
  /** Its own first instant, which may be long ago. */
  fromMs: number;
  /** The end of the last of the periods that follow one another without a day between. */
  untilMs: number;
}

/** The special period that forbids hot work at `atMs`, or else the first that begins by `byMs`, inclusive. */
export function forbiddenPeriodBy(
  times: Pick<WorkTimes, "specialPeriods">,
  atMs: number,
  byMs: number,
): ForbiddenPeriod | undefined {
  const last = shanghaiDay(byMs);
  for (let day = shanghaiDay(atMs); day <= last; day = addDays(day, 1)) {
    const period = forbiddenPeriod(times, shanghaiDayStartMs(day));
    if (!period) continue;
    const { name, fromDay } = period;
    return { name, fromMs: shanghaiDayStartMs(fromDay), untilMs: endOf(period, times) };
  }
  return undefined;
}

function endOf({ untilDay }: SpecialPeriod, times: Pick<WorkTimes, "specialPeriods">): number {
  const endMs = shanghaiDayStartMs(addDays(untilDay, 1));
  const next = forbiddenPeriod(times, endMs);
  return next ? endOf(next, times) : endMs;
}

/** Hours in which the public is inside. */
export interface OpenTime {
  /** The instant asked about where it is open already. */
  fromMs: number;
  /** The first instant at which it is shut again; null: it never shuts. */
  untilMs: number | null;
}

/** The hours in which the public is inside at `atMs`, or else the first that begin by `byMs`, inclusive. */
export function openTimeBy(times: WorkTimes, atMs: number, byMs: number): OpenTime | undefined {
  const fromMs = [atMs, ...instantsOf(times, "opensAt", atMs, shanghaiDay(byMs))].find(
    (instant) => instant <= byMs && isOpenToPublic(times, instant),
  );
  if (fromMs === undefined) return undefined;
  const lastDay = addDays(shanghaiDay(fromMs), DAYS_UNTIL_ALL_REPEATS);
  const shuts = instantsOf(times, "closesAt", fromMs, lastDay).find(
    (instant) => !isOpenToPublic(times, instant),
  );
  return { fromMs, untilMs: shuts ?? null };
}

/**
 * The first instant from `atMs` up to `byMs`, inclusive, at which no hot work may be done in an area; null: there is none.
 * Whoever asks decides whether opening hours forbid it: they do where `workWhileOpen` says so.
 */
export function workForbiddenFromMs(times: WorkTimes, atMs: number, byMs: number): number | null {
  const period = forbiddenPeriodBy(times, atMs, byMs);
  const open = times.workWhileOpen === "forbidden" ? openTimeBy(times, atMs, byMs) : undefined;
  const begins = [period, open].flatMap((one) => (one ? [Math.max(one.fromMs, atMs)] : []));
  return begins.length === 0 ? null : Math.min(...begins);
}

/** When hours open or close after an instant, up to the hours that begin on a day; the earliest first. */
function instantsOf(
  { openingHours }: WorkTimes,
  edge: "opensAt" | "closesAt",
  afterMs: number,
  lastDay: CivilDay,
): number[] {
  const instants: number[] = [];
  for (let day = addDays(shanghaiDay(afterMs), -1); day <= lastDay; day = addDays(day, 1)) {
    for (const hours of openingHours) {
      const isNextDay = edge === "closesAt" && minutesOf(hours.closesAt) <= minutesOf(hours.opensAt);
      const minutes = minutesOf(hours[edge]) + (isNextDay ? 1440 : 0);
      instants.push(shanghaiDayStartMs(day) + minutes * 60_000);
    }
  }
  return instants.filter((instant) => instant > afterMs).sort((a, b) => a - b);
}

/** `2026-10-01 08:00`, by the clock of Shanghai: what a reason says of an instant. */
export function shanghaiMinute(atMs: number): string {
  return new Date(atMs + shanghaiOffsetMs).toISOString().slice(0, 16).replace("T", " ");
}
