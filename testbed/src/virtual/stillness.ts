/** After work was seen so many turns of the event loop without more of it mean that there is none left. */
const QUIET_TURNS = 3;
const STUCK_AFTER_MS = 60_000;

/**
 * Knows when the real world has nothing under way: statements at the database, requests in the server, promises on
 * their way. Virtual time moves only then, so that everything an instant causes happens in that instant.
 */
export class Stillness {
  readonly #underway = new Map<number, string>();
  #begun = 0;
  #settled = 0;
  #wake: (() => void) | undefined;

  /** Work that answers in real time and never waits for virtual time. */
  async track<Result>(what: string, work: Promise<Result>): Promise<Result> {
    const id = ++this.#begun;
    this.#underway.set(id, what);
    try {
      return await work;
    } finally {
      this.#underway.delete(id);
      this.#wake?.();
    }
  }

  /** Something has begun that will reach counted work within a few turns. */
  stir(): void {
    this.#begun++;
  }

  /** Resolves when nothing is under way. @throws when something does not end: it may be waiting for virtual time */
  async settle(): Promise<void> {
    await turn();
    if (this.#begun === this.#settled && this.#underway.size === 0) return;
    for (let quietTurns = 0; quietTurns < QUIET_TURNS; ) {
      const begun = this.#begun;
      while (this.#underway.size > 0) await this.#someEnd();
      await turn();
      quietTurns = this.#begun === begun && this.#underway.size === 0 ? quietTurns + 1 : 0;
    }
    this.#settled = this.#begun;
  }

  async #someEnd(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const watchdog = setTimeout(() => {
      reject(new Error(`under way without end: ${[...this.#underway.values()].join("; ")}`));
    }, STUCK_AFTER_MS);
    try {
      await promise;
    } finally {
      clearTimeout(watchdog);
      this.#wake = undefined;
    }
  }
}

/** All promises that can go on have gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
