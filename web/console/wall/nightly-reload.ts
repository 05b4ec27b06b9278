import type { Clock } from "@hanyouxu/protocol";

/** Everybody's walls are quiet then; Shanghai has no summer time. */
const QUIET_FROM_HOUR = 3;
const QUIET_UNTIL_HOUR = 5;
const CHINA_OFFSET_MS = 8 * 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOOK_EVERY_MS = 60_000;

/** Whether a page that was loaded then should be loaded anew now: once in a quiet hour, however long that lasts. */
export function isTimeToReload(loadedAtMs: number, nowMs: number): boolean {
  const intoDayMs = (nowMs + CHINA_OFFSET_MS) % DAY_MS;
  const isQuiet = intoDayMs >= QUIET_FROM_HOUR * HOUR_MS && intoDayMs < QUIET_UNTIL_HOUR * HOUR_MS;
  return isQuiet && loadedAtMs < nowMs - intoDayMs + QUIET_FROM_HOUR * HOUR_MS;
}

/**
 * Loads the page anew once a night, so that a wall shows the newest program and gives back what a browser gathers.
 * @param mayReload false while the platform does not answer: the page would be gone, and the last figures with it
 * @returns how to stop
 */
export function reloadNightly(clock: Clock, mayReload: () => boolean, reload: () => void): () => void {
  const loadedAtMs = clock.nowMs();
  let timer = clock.setTimer(LOOK_EVERY_MS, look);
  function look(): void {
    if (isTimeToReload(loadedAtMs, clock.nowMs()) && mayReload()) reload();
    else timer = clock.setTimer(LOOK_EVERY_MS, look);
  }
  return () => timer.cancel();
}
