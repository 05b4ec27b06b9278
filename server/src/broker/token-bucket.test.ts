import { VirtualClock } from "@hanyouxu/protocol";
import { describe, expect, it } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

describe("a token bucket", () => {
  it("lets the burst through, then the rate", () => {
    const clock = new VirtualClock(0);
    const bucket = new TokenBucket(clock, 10, 3);
    expect([1, 2, 3, 4].map(() => bucket.tryTake())).toEqual([true, true, true, false]);
    clock.advance(100);
    expect([bucket.tryTake(), bucket.tryTake()]).toEqual([true, false]);
    clock.advance(60_000);
    expect([1, 2, 3, 4].map(() => bucket.tryTake())).toEqual([true, true, true, false]);
  });

  it("tells how long to wait for a token of the future", () => {
    const bucket = new TokenBucket(new VirtualClock(0), 10, 1);
    expect([1, 2, 3].map(() => bucket.takeAfterMs())).toEqual([0, 100, 200]);
  });

  it("gives nothing for a clock that steps back, and goes on from there", () => {
    let nowMs = 10_000;
    const clock = { nowMs: () => nowMs, setTimer: () => ({ cancel: () => {} }) };
    const bucket = new TokenBucket(clock, 10, 1);
    expect(bucket.tryTake()).toBe(true);
    nowMs = 0;
    expect(bucket.tryTake()).toBe(false);
    nowMs = 100;
    expect(bucket.tryTake()).toBe(true);
  });
});
