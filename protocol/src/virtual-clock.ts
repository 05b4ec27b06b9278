import type { Clock, Timer } from "./ports.ts";

interface Pending {
  atMs: number;
  order: number;
  run: () => void;
}

/** A clock that moves only when told to. Timers run in order of time, then of creation. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  #pending: Pending[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    const pending = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run };
    this.#pending.push(pending);
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((other) => other !== pending);
      },
    };
  }

  /** When the next timer is due, or undefined when none is set. */
  nextDueMs(): number | undefined {
    return this.#next()?.atMs;
  }

  /** Moves to the next timer not after `limitMs` and runs it; false (and time at `limitMs`) when there is none. */
  runNext(limitMs: number): boolean {
    const next = this.#next();
    if (!next || next.atMs > limitMs) {
      this.#nowMs = Math.max(this.#nowMs, limitMs);
      return false;
    }
    this.#pending = this.#pending.filter((other) => other !== next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.run();
    return true;
  }

  /** Runs every timer due within `durationMs` and ends at exactly now + `durationMs`. */
  advance(durationMs: number): void {
    const limitMs = this.#nowMs + durationMs;
    while (this.runNext(limitMs));
  }

  #next(): Pending | undefined {
    let first: Pending | undefined;
    for (const pending of this.#pending) {
      if (
        !first ||
        pending.atMs < first.atMs ||
        (pending.atMs === first.atMs && pending.order < first.order)
      ) {
        first = pending;
      }
    }
    return first;
  }
}
