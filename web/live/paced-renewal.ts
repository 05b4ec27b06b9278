import type { Clock, Timer } from "@hanyouxu/protocol";

/** News that come together are answered together. */
export const TOGETHER_MS = 250;
/** In a storm of news a page renews once a second: more nobody reads, and no server should be asked. */
export const APART_MS = 1_000;

/** Runs soon after it was asked for, however often it is asked, and never twice within a second. */
export class PacedRenewal {
  readonly #clock: Clock;
  readonly #run: () => void;
  #timer: Timer | undefined;
  #notBeforeMs = 0;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  ask(): void {
    const waitMs = Math.max(TOGETHER_MS, this.#notBeforeMs - this.#clock.nowMs());
    this.#timer ??= this.#clock.setTimer(waitMs, () => {
      this.#timer = undefined;
      this.#notBeforeMs = this.#clock.nowMs() + APART_MS;
      this.#run();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
