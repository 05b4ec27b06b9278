import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { PacedRenewal } from "./paced-renewal.ts";

test("is soon after the first news, once for many, and a second apart", () => {
  const clock = new VirtualClock(0);
  const ranAtMs: number[] = [];
  const renewal = new PacedRenewal(clock, () => ranAtMs.push(clock.nowMs()));
  for (let atMs = 0; atMs < 2_000; atMs += 100) {
    renewal.ask();
    clock.advance(100);
  }
  clock.advance(5_000);
  expect(ranAtMs).toEqual([250, 1_250, 2_250]);
  renewal.ask();
  renewal.stop();
  clock.advance(5_000);
  expect(ranAtMs).toHaveLength(3);
});
