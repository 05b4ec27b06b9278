import type { Clock, Timer } from "./ports.ts";

interface Pending {
  atMs: number;
  order: number;
  run: () => void;
  isCancelled: boolean;
}

/** A clock that moves only when told to. Timers run in order of time, then of creation. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  /** A binary heap: a county of chips sets tens of thousands of timers. */
  readonly #heap: Pending[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, run: () => void): Timer {
    if (Number.isNaN(delayMs)) throw new TypeError("a timer's delay is a number of milliseconds");
    const pending = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      order: this.#order++,
      run,
      isCancelled: false,
    };
    this.#push(pending);
    return {
      cancel: () => {
        pending.isCancelled = true;
      },
    };
  }

  /** When the next timer is due, or undefined when none is set. */
  nextDueMs(): number | undefined {
    return this.#first()?.atMs;
  }

  /** Moves to the next timer not after `limitMs` and runs it; false (and time at `limitMs`) when there is none. */
  runNext(limitMs: number): boolean {
    const next = this.#first();
    if (!next || next.atMs > limitMs) {
      this.#nowMs = Math.max(this.#nowMs, limitMs);
      return false;
    }
    this.#pop();
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.run();
    return true;
  }

  /** Runs every timer due within `durationMs` and ends at exactly now + `durationMs`. */
  advance(durationMs: number): void {
    const limitMs = this.#nowMs + durationMs;
    while (this.runNext(limitMs));
  }

  #first(): Pending | undefined {
    while (this.#heap[0]?.isCancelled) this.#pop();
    return this.#heap[0];
  }

  #push(pending: Pending): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(pending);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(pending, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = pending;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(left: Pending, right: Pending): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}
