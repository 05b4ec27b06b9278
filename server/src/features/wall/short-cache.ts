import type { Clock } from "@hanyouxu/protocol";

interface Entry<Value> {
  value: Promise<Value>;
  untilMs: number;
}

/** So many walls that differ in reach or region keep their answers. */
const MOST = 300;

/** Keeps answers for a moment, and asks once for all who want the same meanwhile. What failed is not kept. */
export class ShortCache<Value> {
  readonly #clock: Pick<Clock, "nowMs">;
  readonly #keepMs: number;
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(clock: Pick<Clock, "nowMs">, keepMs: number) {
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  get(key: string, ask: () => Promise<Value>): Promise<Value> {
    const nowMs = this.#clock.nowMs();
    const kept = this.#entries.get(key);
    if (kept && nowMs < kept.untilMs) return kept.value;
    this.#makeRoom(nowMs);
    const entry: Entry<Value> = { value: ask(), untilMs: nowMs + this.#keepMs };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.value.catch(() => this.#entries.get(key) === entry && this.#entries.delete(key));
    return entry.value;
  }

  #makeRoom(nowMs: number): void {
    if (this.#entries.size < MOST) return;
    for (const [key, { untilMs }] of this.#entries) if (untilMs <= nowMs) this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= MOST && oldest !== undefined) this.#entries.delete(oldest);
  }
}
