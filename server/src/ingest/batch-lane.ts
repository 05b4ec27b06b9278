import type { Clock, Timer } from "@hanyouxu/protocol";

export interface Waiting<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Settles every item of a batch before it resolves, and never rejects. */
export type CarryBatch<Item> = (waiting: readonly Waiting<Item>[]) => Promise<void>;

export interface BatchLaneOptions<Item> {
  clock: Pick<Clock, "nowMs" | "setTimer">;
  carry: CarryBatch<Item>;
  maxBatch: number;
  /** Between the beginnings of two batches: what nobody waits for gathers meanwhile. 0: each goes at once. */
  paceMs: number;
}

/** Items that wait are carried together, batch after batch, never two batches at once. */
export class BatchLane<Item> {
  readonly #options: BatchLaneOptions<Item>;
  #waiting: Waiting<Item>[] = [];
  #running: Promise<void> | undefined;
  #pause: Timer | undefined;
  #nextAtMs = Number.NEGATIVE_INFINITY;
  #isDraining = false;

  constructor(options: BatchLaneOptions<Item>) {
    this.#options = options;
  }

  /** Settles as the item's batch does. */
  take(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#wake();
    });
  }

  /** Carries what waits without further pauses; resolves when everything taken is settled. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#wake();
    while (this.#running) await this.#running;
    this.#isDraining = false;
  }

  #wake(): void {
    if (this.#running || this.#waiting.length === 0) return;
    const pauseMs = this.#pauseMs();
    if (pauseMs > 0) {
      this.#pause ??= this.#options.clock.setTimer(pauseMs, () => {
        this.#pause = undefined;
        this.#wake();
      });
      return;
    }
    this.#pause?.cancel();
    this.#pause = undefined;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#wake();
    });
  }

  #pauseMs(): number {
    const isFull = this.#waiting.length >= this.#options.maxBatch;
    return this.#isDraining || isFull ? 0 : this.#nextAtMs - this.#options.clock.nowMs();
  }

  async #run(): Promise<void> {
    // Items of the same turn of the event loop belong together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0 && this.#pauseMs() <= 0) {
      this.#nextAtMs = this.#options.clock.nowMs() + this.#options.paceMs;
      await this.#options.carry(this.#waiting.splice(0, this.#options.maxBatch));
    }
  }
}
