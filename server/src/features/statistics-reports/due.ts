import { type CivilDay, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { addMonths } from "../statistics/statistics.ts";

/** Reports are there when work begins: so late in the day that the night's late data have come. */
const MADE_AT_MS = 6 * 3_600_000;

const dayIn = (month: string, dayOfMonth: number): number =>
  shanghaiDayStartMs(`${month}-${String(dayOfMonth).padStart(2, "0")}`) + MADE_AT_MS;

/** When the first report is made: the next such day of a month, in Asia/Shanghai, at six. */
export function firstDueMs(nowMs: number, dayOfMonth: number): number {
  const month = shanghaiDay(nowMs).slice(0, 7);
  const thisMonthMs = dayIn(month, dayOfMonth);
  return thisMonthMs > nowMs ? thisMonthMs : dayIn(addMonths(month, 1), dayOfMonth);
}

/** When the one after that of `dueMs` is made: the next month's, none left out however late the server is. */
export function nextDueMs(dueMs: number, dayOfMonth: number): number {
  return dayIn(addMonths(shanghaiDay(dueMs).slice(0, 7), 1), dayOfMonth);
}

/** The month that a report made then is of, `2026-02`: the calendar month before. */
export function monthBefore(dueMs: number): string {
  return addMonths(shanghaiDay(dueMs).slice(0, 7), -1);
}

export const firstOfMonth = (month: string): CivilDay => `${month}-01`;
