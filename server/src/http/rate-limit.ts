import type { Clock } from "@hanyouxu/protocol";
import { AppError } from "../errors.ts";

export interface RateLimit {
  /** So many at once … */
  burst: number;
  /** … and so many a minute for ever. */
  perMinute: number;
}

/**
 * A limit for each key, in this process, by the generic cell rate algorithm (ITU-T I.371 annex A): a key is one moment,
 * when its next request would come at the steady rate. What must hold across servers is counted in the database instead.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #toleranceMs: number;
  readonly #maxKeys: number;
  /** In order of last use: the first is the longest unused. */
  readonly #dueMs = new Map<string, number>();

  constructor(clock: Clock, { burst, perMinute }: RateLimit, maxKeys = 50_000) {
    this.#clock = clock;
    this.#intervalMs = 60_000 / perMinute;
    this.#toleranceMs = (burst - 1) * this.#intervalMs;
    this.#maxKeys = maxKeys;
  }

  /** Counts one request of `key`; a refused one costs nothing. @throws AppError request.rate_limited with the wait */
  take(key: string): void {
    const nowMs = this.#clock.nowMs();
    // No more ahead than one burst: a clock that was set back must not lock anybody out for as long.
    const latestMs = nowMs + this.#toleranceMs + this.#intervalMs;
    const dueMs = Math.min(latestMs, Math.max(nowMs, this.#dueMs.get(key) ?? nowMs));
    const waitMs = dueMs - this.#toleranceMs - nowMs;
    this.#dueMs.delete(key);
    this.#dueMs.set(key, waitMs > 0 ? dueMs : dueMs + this.#intervalMs);
    this.#forgetOldest();
    if (waitMs > 0) {
      throw new AppError("request.rate_limited", {
        details: { retryAfterSeconds: Math.ceil(waitMs / 1000) },
      });
    }
  }

  /** A flood of addresses must not fill the memory; a forgotten key only has its whole burst again. */
  #forgetOldest(): void {
    if (this.#dueMs.size <= this.#maxKeys) return;
    const oldest = this.#dueMs.keys().next();
    if (!oldest.done) this.#dueMs.delete(oldest.value);
  }
}
