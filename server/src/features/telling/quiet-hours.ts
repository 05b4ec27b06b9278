import { shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** Local times of the day (`22:00`); until at or before from: over midnight. */
export interface QuietHours {
  from: string;
  until: string;
}

/** When the quiet hours that hold at an instant end; undefined when none hold. Days as in Asia/Shanghai. */
export function quietUntilMs({ from, until }: QuietHours, atMs: number): number | undefined {
  const dayStartMs = shanghaiDayStartMs(shanghaiDay(atMs));
  const [fromMs, untilMs] = [timeOfDayMs(from), timeOfDayMs(until)];
  const lengthMs = untilMs > fromMs ? untilMs - fromMs : untilMs + DAY_MS - fromMs;
  // Those that began yesterday may still hold.
  for (const startMs of [dayStartMs - DAY_MS + fromMs, dayStartMs + fromMs]) {
    if (startMs <= atMs && atMs < startMs + lengthMs) return startMs + lengthMs;
  }
  return undefined;
}

/** `22:30` → milliseconds after midnight. */
export function timeOfDayMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}
