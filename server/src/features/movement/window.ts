import { movementWindowDays } from "@hanyouxu/api";
import { addDays, shanghaiDay } from "@hanyouxu/rules";

/** Days are kept a little longer than any question about a classification takes to come. */
const KEPT_DAYS = 90;

/** First and last day of the window that ends now. */
export function windowOf(nowMs: number): { fromDay: string; toDay: string } {
  const toDay = shanghaiDay(nowMs);
  return { fromDay: addDays(toDay, 1 - movementWindowDays), toDay };
}

/** Days before this one are forgotten. */
export function keptSince(nowMs: number): string {
  return addDays(shanghaiDay(nowMs), -KEPT_DAYS);
}
