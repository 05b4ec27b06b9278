import { shanghaiDay, shanghaiDayStartMs, shanghaiOffsetMs } from "../civil-day.ts";
import type { AlarmPolicy } from "./alarm-policy.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Time under power of one work session. Milliseconds since 1970; `toMs` null: it goes on. */
export interface WorkSpan {
  fromMs: number;
  toMs: number | null;
  /** Of the whole session. */
  arcMs: number;
}

/**
 * How long a welder has worked and welded on the Shanghai day of `nowMs`. Sessions at the same time count once; of one that
 * began on the day before, its share of this day. Nobody welds with two machines at once: there is no more arc than work.
 */
export function workOfDay(spans: readonly WorkSpan[], nowMs: number): { workedMs: number; arcMs: number } {
  const dayStartMs = shanghaiDayStartMs(shanghaiDay(nowMs));
  const today = spans
    .map(({ fromMs, toMs, arcMs }) => {
      const untilMs = Math.min(toMs ?? nowMs, nowMs);
      const begunMs = Math.max(fromMs, dayStartMs);
      const wholeMs = untilMs - fromMs;
      const todayMs = Math.max(0, untilMs - begunMs);
      return { begunMs, untilMs, arcMs: wholeMs > 0 ? (arcMs * todayMs) / wholeMs : 0 };
    })
    .filter(({ begunMs, untilMs }) => untilMs > begunMs)
    .toSorted((one, other) => one.begunMs - other.begunMs);
  let workedMs = 0;
  let countedToMs = dayStartMs;
  for (const { begunMs, untilMs } of today) {
    workedMs += Math.max(0, untilMs - Math.max(begunMs, countedToMs));
    countedToMs = Math.max(countedToMs, untilMs);
  }
  const arcMs = today.reduce((sum, span) => sum + span.arcMs, 0);
  return { workedMs, arcMs: Math.round(Math.min(arcMs, workedMs)) };
}

/** Whether an instant lies in the night of the policy, by the clock of Shanghai; from and until the same: there is none. */
export function isNight(
  { nightFromHour, nightUntilHour }: Pick<AlarmPolicy, "nightFromHour" | "nightUntilHour">,
  atMs: number,
): boolean {
  const hour = ((atMs + shanghaiOffsetMs) % DAY_MS) / HOUR_MS;
  if (nightFromHour <= nightUntilHour) return nightFromHour <= hour && hour < nightUntilHour;
  return nightFromHour <= hour || hour < nightUntilHour;
}

/** How much of a time is working time: on the policy's days, within its hours, by the clock of Shanghai. Milliseconds. */
export function workingTimeMs(
  fromMs: number,
  toMs: number,
  {
    workdays,
    workdayFromHour,
    workdayUntilHour,
  }: Pick<AlarmPolicy, "workdays" | "workdayFromHour" | "workdayUntilHour">,
): number {
  let sum = 0;
  for (let dayMs = shanghaiDayStartMs(shanghaiDay(fromMs)); dayMs < toMs; dayMs += DAY_MS) {
    if (weekdayOf(dayMs) > LAST_WORKDAY[workdays]) continue;
    const begunMs = Math.max(fromMs, dayMs + workdayFromHour * HOUR_MS);
    const untilMs = Math.min(toMs, dayMs + workdayUntilHour * HOUR_MS);
    sum += Math.max(0, untilMs - begunMs);
  }
  return sum;
}

const LAST_WORKDAY = { "monday-friday": 5, "monday-saturday": 6, "every-day": 7 } as const;

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(dayStartMs: number): number {
  return ((Math.round((dayStartMs + shanghaiOffsetMs) / DAY_MS) + 3) % 7) + 1;
}
