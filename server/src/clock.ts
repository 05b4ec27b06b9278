import type { Clock } from "@hanyouxu/protocol";

/** The machine's own clock: the only place of the server that reads real time or sets a real timer. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};
