import type { Clock } from "@hanyouxu/protocol";

/** The device's own. */
export const browserClock: Clock = {
  nowMs: () => Date.now(),
  setTimer: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
