import type { VirtualClock } from "@hanyouxu/protocol";
import type { Stillness } from "./stillness.ts";

/** Moves virtual time from one timer to the next, and only when nothing real is under way. */
export class Driver {
  readonly #clock: VirtualClock;
  readonly #stillness: Stillness;
  readonly #afterStep: () => void;
  #steps = 0;

  constructor(clock: VirtualClock, stillness: Stillness, afterStep: () => void) {
    this.#clock = clock;
    this.#stillness = stillness;
    this.#afterStep = afterStep;
  }

  /** How many timers have run. */
  get steps(): number {
    return this.#steps;
  }

  /** Lets so much time pass. */
  async run(durationMs: number): Promise<void> {
    const limitMs = this.#clock.nowMs() + durationMs;
    while (await this.#step(limitMs));
  }

  /** Lets time pass until the condition holds. @throws when it does not within the limit */
  async until(what: string, condition: () => boolean, limitMs = 3_600_000): Promise<void> {
    await this.#stillness.settle();
    const endMs = this.#clock.nowMs() + limitMs;
    while (!condition()) {
      if (!(await this.#step(endMs))) throw new Error(`not within ${limitMs} ms of virtual time: ${what}`);
    }
  }

  /** Lets time pass until the work is done. */
  async through<Result>(what: string, work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const settled = work.finally(() => {
      isDone = true;
    });
    settled.catch(() => {});
    await this.until(what, () => isDone);
    return await settled;
  }

  async #step(limitMs: number): Promise<boolean> {
    const hasRun = this.#clock.runNext(limitMs);
    await this.#stillness.settle();
    if (hasRun) {
      this.#steps++;
      this.#afterStep();
    }
    return hasRun;
  }
}
