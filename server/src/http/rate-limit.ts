import type { Clock } from "@hanyouxu/protocol";
import { AppError } from "../errors.ts";

export interface RateLimit {
  /** So many at once … */
  burst: number;
  /** … and so many a minute for ever. */
  perMinute: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** A token bucket a key, in this process; what must hold across servers is counted in the database instead. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #maxKeys: number;
  /** In order of last use: the first is the longest unused. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, limit: RateLimit, maxKeys = 50_000) {
    this.#clock = clock;
    this.#limit = limit;
    this.#maxKeys = maxKeys;
  }

  /** Takes one token of `key`. @throws AppError request.rate_limited with the seconds to wait. */
  take(key: string): void {
    const { burst, perMinute } = this.#limit;
    const nowMs = this.#clock.nowMs();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    const earned = (Math.max(0, nowMs - bucket.atMs) * perMinute) / 60_000;
    const tokens = Math.min(burst, bucket.tokens + earned);
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs });
    this.#forgetOldest();
    if (tokens < 1) {
      const retryAfterSeconds = Math.ceil(((1 - tokens) * 60) / perMinute);
      throw new AppError("request.rate_limited", { details: { retryAfterSeconds } });
    }
  }

  /** A flood of addresses must not fill the memory; a forgotten key only starts again with a full bucket. */
  #forgetOldest(): void {
    if (this.#buckets.size <= this.#maxKeys) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
