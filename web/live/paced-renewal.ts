import type { Clock, Timer } from "@hanyouxu/protocol";

/** News that come together are answered together. */
export const TOGETHER_MS = 250;
/** In a storm of news a page renews once a second: more nobody reads, and no server should be asked. */
export const APART_MS = 1_000;

/**
 * Runs soon after it was asked for, however often it is asked, never twice within a second, and never while it still
 * runs: on a server that takes its time, reading anew over and over would never end.
 */
export class PacedRenewal {
  readonly #clock: Clock;
  readonly #run: () => Promise<unknown> | undefined;
  #timer: Timer | undefined;
  #notBeforeMs = 0;
  #isRunning = false;
  /** Asked for again while it runs. */
  #isAsked = false;
  #isStopped = false;

  constructor(clock: Clock, run: () => Promise<unknown> | undefined) {
    this.#clock = clock;
    this.#run = run;
  }

  ask(): void {
    this.#isAsked = true;
    if (this.#isRunning || this.#isStopped) return;
    const waitMs = Math.max(TOGETHER_MS, this.#notBeforeMs - this.#clock.nowMs());
    this.#timer ??= this.#clock.setTimer(waitMs, () => {
      this.#timer = undefined;
      this.#notBeforeMs = this.#clock.nowMs() + APART_MS;
      this.#begin();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #begin(): void {
    this.#isAsked = false;
    const done = this.#run();
    if (!done) return;
    this.#isRunning = true;
    const end = () => {
      this.#isRunning = false;
      if (this.#isAsked) this.ask();
    };
    // What failed is the page's to show.
    done.then(end, end);
  }
}
