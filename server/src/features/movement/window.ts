import { addDays, shanghaiDay } from "@hanyouxu/rules";

/** The weeks a classification goes by: long enough for a job or two, short enough to follow a change of use. */
export const WINDOW_DAYS = 28;
/** Days are kept a little longer than any question about a classification takes to come. */
const KEPT_DAYS = 90;

/** First and last day of the window that ends now. */
export function windowOf(nowMs: number): { fromDay: string; toDay: string } {
  const toDay = shanghaiDay(nowMs);
  return { fromDay: addDays(toDay, 1 - WINDOW_DAYS), toDay };
}

/** Days before this one are forgotten. */
export function keptSince(nowMs: number): string {
  return addDays(shanghaiDay(nowMs), -KEPT_DAYS);
}
