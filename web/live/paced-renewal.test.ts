import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { PacedRenewal } from "./paced-renewal.ts";

test("is soon after the first news, once for many, and a second apart", () => {
  const clock = new VirtualClock(0);
  const ranAtMs: number[] = [];
  const renewal = new PacedRenewal(clock, () => void ranAtMs.push(clock.nowMs()));
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

test("does not begin again while it runs; what was asked for meanwhile is done once, after that", async () => {
  const clock = new VirtualClock(0);
  const ends: (() => void)[] = [];
  const renewal = new PacedRenewal(clock, () => new Promise<void>((end) => ends.push(end)));
  renewal.ask();
  clock.advance(250);
  for (let atMs = 0; atMs < 5_000; atMs += 100) {
    renewal.ask();
    clock.advance(100);
  }
  expect(ends).toHaveLength(1);
  ends[0]!();
  await Promise.resolve();
  clock.advance(10_000);
  expect(ends).toHaveLength(2);
  ends[1]!();
  await Promise.resolve();
  clock.advance(10_000);
  expect(ends).toHaveLength(2);
});

test("a run that fails is followed by the next", async () => {
  const clock = new VirtualClock(0);
  let runs = 0;
  const renewal = new PacedRenewal(clock, () => {
    runs++;
    return Promise.reject(new Error("unreachable"));
  });
  for (let round = 0; round < 3; round++) {
    renewal.ask();
    clock.advance(1_000);
    await Promise.resolve();
  }
  expect(runs).toBe(3);
});
