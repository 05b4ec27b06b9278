import type { AlarmLimits } from "./alarm-kind.ts";
import type { AlarmHandling, AlarmNews, AlarmState } from "./alarm-state.ts";

const MINUTE_MS = 60_000;

/** Where nothing more is to be done. */
export const SETTLED: ReadonlySet<AlarmHandling> = new Set(["closed", "false-alarm", "merged", "recorded"]);

/** Which limit runs while an alarm stands there. Giving it to another does not win time: all before the place is one. */
const STAGES: Partial<Record<AlarmHandling, { limit: keyof AlarmLimits; stage: string }>> = {
  unacknowledged: { limit: "acknowledge", stage: "acknowledge" },
  acknowledged: { limit: "arrive", stage: "arrive" },
  dispatched: { limit: "arrive", stage: "arrive" },
  accepted: { limit: "arrive", stage: "arrive" },
  "on-site": { limit: "handle", stage: "handle" },
  handled: { limit: "verify", stage: "verify" },
  verified: { limit: "verify", stage: "close" },
};

/** Sets the deadline of where the alarm now stands, unless it is the same stage as before. */
export function restartDeadline(state: AlarmState, before?: AlarmHandling): void {
  const now = STAGES[state.handling];
  if (!now) state.dueAtMs = null;
  else if (before === undefined || STAGES[before]?.stage !== now.stage) {
    state.dueAtMs = state.atMs + state.limits[now.limit] * MINUTE_MS;
  }
}

/** When time alone takes an alarm one level further up; undefined when it does not. Milliseconds since 1970. */
export function nextAlarmDeadlineMs({ dueAtMs }: Pick<AlarmState, "dueAtMs">): number | undefined {
  return dueAtMs ?? undefined;
}

/** Lets time pass to `atMs`: every deadline in its order, each at its own instant. @returns what is to be told */
export function passAlarmTime(state: AlarmState, atMs: number): AlarmNews[] {
  const news: AlarmNews[] = [];
  while (state.dueAtMs !== null && state.dueAtMs <= atMs) {
    const dueAtMs: number = state.dueAtMs;
    state.atMs = Math.max(state.atMs, dueAtMs);
    const { limit } = STAGES[state.handling]!;
    // At the top they are reminded once; above them is nobody.
    const isAtTop = state.level >= state.topLevel;
    if (!isAtTop) state.level++;
    state.dueAtMs = isAtTop ? null : dueAtMs + state.limits[limit] * MINUTE_MS;
    news.push({ kind: "escalated", level: state.level, atMs: dueAtMs });
  }
  state.atMs = Math.max(state.atMs, atMs);
  return news;
}
