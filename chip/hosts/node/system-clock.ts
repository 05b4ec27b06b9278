import type { Clock } from "@hanyouxu/protocol";

/** Real time for a chip: monotonic, so that somebody setting the computer's clock never moves uptime. */
export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  setTimer(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
