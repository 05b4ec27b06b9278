import { VirtualClock } from "@hanyouxu/protocol";
import { describe, expect, test } from "vitest";
import { AppError } from "../errors.ts";
import { RateLimiter } from "./rate-limit.ts";

const waitOf = (take: () => void): number | undefined => {
  try {
    take();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.details?.retryAfterSeconds as number;
    throw error;
  }
};

describe("a rate limit", () => {
  test("lets a burst through, then the steady rate, each key by itself", () => {
    const clock = new VirtualClock(0);
    const limiter = new RateLimiter(clock, { burst: 3, perMinute: 6 });
    const take = (key = "a") => waitOf(() => limiter.take(key));
    expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, 10]);
    expect(take("b")).toBeUndefined();
    clock.advance(4_000);
    expect(take()).toBe(6);
    clock.advance(6_000);
    expect([take(), take()]).toEqual([undefined, 10]);
    clock.advance(3_600_000);
    expect([take(), take(), take(), take()]).toEqual([undefined, undefined, undefined, 10]);
  });

  test("a refused attempt costs nothing", () => {
    const clock = new VirtualClock(0);
    const limiter = new RateLimiter(clock, { burst: 1, perMinute: 1 });
    limiter.take("a");
    for (let attempt = 0; attempt < 50; attempt++) {
      clock.advance(1_000);
      expect(waitOf(() => limiter.take("a"))).toBe(59 - attempt);
    }
    clock.advance(10_000);
    expect(waitOf(() => limiter.take("a"))).toBeUndefined();
  });

  test("forgets the longest unused key when there are too many", () => {
    const clock = new VirtualClock(0);
    const limiter = new RateLimiter(clock, { burst: 1, perMinute: 1 }, 2);
    limiter.take("a");
    limiter.take("b");
    expect(waitOf(() => limiter.take("a"))).toBe(60);
    limiter.take("c");
    expect(waitOf(() => limiter.take("a"))).toBe(60);
    expect(waitOf(() => limiter.take("b"))).toBeUndefined();
  });

  test("a clock that steps back lends nothing and locks nobody out for as long", () => {
    let nowMs = 100_000;
    const clock = { nowMs: () => nowMs, setTimer: () => ({ cancel() {} }) };
    const limiter = new RateLimiter(clock, { burst: 1, perMinute: 1 });
    limiter.take("a");
    nowMs = 0;
    expect(waitOf(() => limiter.take("a"))).toBe(60);
    nowMs = 60_000;
    expect(waitOf(() => limiter.take("a"))).toBeUndefined();
  });
});
